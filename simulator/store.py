# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the police have received, in SQLite; safe to use from several threads."""

import json
import sqlite3
import threading

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batch (
    number INTEGER PRIMARY KEY,
    environment TEXT NOT NULL,
    idub TEXT NOT NULL,
    login TEXT NOT NULL,
    received_at TEXT NOT NULL,
    stamp TEXT NOT NULL DEFAULT '',
    with_pdf INTEGER NOT NULL,
    header TEXT NOT NULL,
    header_codes TEXT NOT NULL,
    receipt BLOB,
    error_receipt BLOB
);
CREATE TABLE IF NOT EXISTS record (
    batch INTEGER NOT NULL REFERENCES batch (number),
    position INTEGER NOT NULL,
    environment TEXT NOT NULL,
    idub TEXT NOT NULL,
    verdict TEXT NOT NULL,
    codes TEXT NOT NULL,
    fields TEXT NOT NULL,
    printed TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (batch, position)
);
CREATE INDEX IF NOT EXISTS record_key ON record (environment, idub, key, verdict);
"""
_BATCH = """
SELECT batch.number, batch.environment, batch.idub, batch.login, batch.received_at,
    batch.stamp, batch.with_pdf, batch.header, batch.header_codes,
    batch.receipt IS NOT NULL AS has_receipt,
    batch.error_receipt IS NOT NULL AS has_error_receipt,
    COUNT(record.position) AS sent,
    COUNT(CASE record.verdict WHEN 'accepted' THEN 1 END) AS accepted,
    COUNT(CASE record.verdict WHEN 'duplicate' THEN 1 END) AS duplicate,
    COUNT(CASE record.verdict WHEN 'refused' THEN 1 END) AS refused,
    COUNT(CASE WHEN record.codes LIKE '%;112;%' THEN 1 END) AS late
FROM batch LEFT JOIN record ON record.batch = batch.number
"""
_RECORD = """
SELECT record.*, batch.received_at, batch.stamp, batch.login
FROM record JOIN batch ON batch.number = record.batch
"""
DOCUMENTS = ("receipt", "error_receipt")


class Store:
    """One database file (or ``:memory:``)."""

    def __init__(self, path):
        self._lock = threading.RLock()
        self._database = sqlite3.connect(path, check_same_thread=False)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode=WAL")
        # A power cut may cost a simulator its last batches; it need not wait for disks.
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.executescript(_SCHEMA)

    def close(self):
        """Close the file."""
        with self._lock:
            self._database.close()

    def add_batch(self, batch, records):
        """Insert a batch with its records, all or nothing; its number."""
        with self._lock, self._database:
            number = self._insert("batch", batch)
            for position, record in enumerate(records, start=1):
                self._insert(
                    "record",
                    {
                        "batch": number,
                        "position": position,
                        "environment": batch["environment"],
                        "idub": batch["idub"],
                        **record,
                    },
                )
        return number

    def _insert(self, table, row):
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        return self._database.execute(sql, list(map(_to_sql, row.values()))).lastrowid

    def set_documents(self, number, receipt, error_receipt):
        """Keep the receipts of a batch."""
        with self._lock, self._database:
            self._database.execute(
                "UPDATE batch SET receipt = ?, error_receipt = ? WHERE number = ?",
                (receipt, error_receipt, number),
            )

    def is_filed(self, environment, idub, key):
        """Whether this facility has an accepted record with this duplicate key."""
        sql = (
            "SELECT 1 FROM record WHERE environment = ? AND idub = ? AND key = ?"
            " AND verdict = 'accepted'"
        )
        return bool(self._rows(sql, (environment, idub, key)))

    def batches(self, idub=None, before=None, limit=-1):
        """Batches, the newest first; ``before`` is a batch number not reached."""
        sql = (
            f"{_BATCH} WHERE (?1 IS NULL OR batch.idub = ?1)"
            " AND (?2 IS NULL OR batch.number < ?2)"
            " GROUP BY batch.number ORDER BY batch.number DESC LIMIT ?3"
        )
        return [_batch(row) for row in self._rows(sql, (idub, before, limit))]

    def batch(self, number):
        """One batch, or None."""
        sql = f"{_BATCH} WHERE batch.number = ? GROUP BY batch.number"
        return next(map(_batch, self._rows(sql, (number,))), None)

    def document(self, number, name):
        """The bytes of a receipt (``name`` is one of DOCUMENTS), or None."""
        if name not in DOCUMENTS:
            raise ValueError(name)
        rows = self._rows(f"SELECT {name} FROM batch WHERE number = ?", (number,))
        return rows[0][0] if rows else None

    def records(self, idub=None, batch=None):
        """Records, the oldest first."""
        sql = (
            f"{_RECORD} WHERE (?1 IS NULL OR record.idub = ?1)"
            " AND (?2 IS NULL OR record.batch = ?2)"
            " ORDER BY record.batch, record.position"
        )
        return [_record(row) for row in self._rows(sql, (idub, batch))]

    def totals(self):
        """Counts of records by facility and verdict: idub -> {verdict: count}."""
        sql = "SELECT idub, verdict, COUNT(*) FROM record GROUP BY idub, verdict"
        totals = {}
        for idub, verdict, count in self._rows(sql, ()):
            totals.setdefault(idub, {})[verdict] = count
        return totals

    def clear(self):
        """Forget everything; the next batch is number 1 again."""
        with self._lock, self._database:
            self._database.execute("DELETE FROM record")
            self._database.execute("DELETE FROM batch")

    def _rows(self, sql, values):
        with self._lock:
            return self._database.execute(sql, values).fetchall()


def _to_sql(value):
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return "".join([";", *(f"{number};" for number in value)])
    return value


def _codes(text):
    return [int(number) for number in text.split(";") if number]


def _batch(row):
    batch = dict(row)
    for name in ("with_pdf", "has_receipt", "has_error_receipt"):
        batch[name] = bool(batch[name])
    batch["header"] = json.loads(batch["header"])
    batch["header_codes"] = _codes(batch["header_codes"])
    batch["interrupted"] = not batch["stamp"]
    return batch


def _record(row):
    record = dict(row)
    del record["key"]
    record["fields"] = json.loads(record["fields"])
    record["printed"] = json.loads(record["printed"])
    record["codes"] = _codes(record["codes"])
    record["late"] = 112 in record["codes"]
    return record
