-- A copied database must never speak to the police.
-- A facility kept twice, for production and for tests, would become the same one.
UPDATE ubyport_facility AS twin
   SET active = FALSE
 WHERE EXISTS (
       SELECT
         FROM ubyport_facility AS kept
        WHERE kept.active
          AND kept.idub = twin.idub
          AND kept.company_id = twin.company_id
          AND kept.environment < twin.environment);
UPDATE ubyport_facility
   SET environment = 'simulator',
       endpoint = NULL,
       login = NULL,
       password_secret = NULL,
       alarm_by_sms = FALSE,
       automation = 'manual',
       is_obstructed = TRUE;
