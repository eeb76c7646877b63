-- A copied database must never speak to the police.
UPDATE ubyport_facility
   SET environment = 'simulator',
       endpoint = NULL,
       login = NULL,
       password_secret = NULL,
       automation = 'manual';
