# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import sqlite3

import pytest
from simulator_caller import TODAY, Caller, Control, guest

from simulator.police import Simulator
from simulator.store import Store

BATCH = {
    "environment": "production",
    "idub": "123456789012",
    "login": "uby-ws12demo",
    "received_at": "2026-11-20T10:00:00",
    "stamp": "s",
    "with_pdf": True,
    "header": {"uName": "Hotel"},
    "header_codes": (5, 6),
}
RECORD = {
    "verdict": "accepted",
    "codes": (112,),
    "fields": {"cSurN": "Vzorková"},
    "printed": {"surname": "Vzorková"},
    "key": "k",
}


@pytest.fixture
def store(tmp_path):
    store = Store(str(tmp_path / "police.sqlite"))
    yield store
    store.close()


def test_a_batch_comes_back_as_it_was_kept(store):
    number = store.add_batch(BATCH, [RECORD])
    batch = store.batch(number)
    assert batch["header"] == {"uName": "Hotel"}
    assert batch["header_codes"] == [5, 6]
    assert batch["with_pdf"] is True
    assert (batch["sent"], batch["accepted"], batch["late"]) == (1, 1, 1)
    record = store.records()[0]
    assert record["fields"] == {"cSurN": "Vzorková"}
    assert record["codes"] == [112]


def test_a_batch_is_kept_wholly_or_not_at_all(store):
    broken = {**RECORD, "verdict": None}
    with pytest.raises(sqlite3.IntegrityError):
        store.add_batch(BATCH, [RECORD, broken])
    assert store.batches() == []
    assert store.records() == []


def test_code_1120_or_12_is_not_late(store):
    store.add_batch(BATCH, [{**RECORD, "codes": (1120, 12)}])
    assert store.batches()[0]["late"] == 0
    assert store.records()[0]["late"] is False


def test_only_an_accepted_record_of_the_same_place_is_filed(store):
    store.add_batch(BATCH, [{**RECORD, "verdict": "refused"}])
    assert not store.is_filed("production", "123456789012", "k")
    store.add_batch(BATCH, [RECORD])
    assert store.is_filed("production", "123456789012", "k")
    assert not store.is_filed("test", "123456789012", "k")
    assert not store.is_filed("production", "1234567890123", "k")
    assert not store.is_filed("production", "123456789012", "other")


def test_documents_are_kept_as_bytes(store):
    number = store.add_batch(BATCH, [RECORD])
    assert store.batch(number)["has_receipt"] is False
    store.set_documents(number, b"%PDF-a", None)
    assert store.document(number, "receipt") == b"%PDF-a"
    assert store.document(number, "error_receipt") is None
    assert store.document(99, "receipt") is None


def test_only_documents_can_be_asked_for(store):
    with pytest.raises(ValueError):
        store.document(1, "login FROM batch --")


def test_what_looks_like_sql_is_only_text(store):
    evil = "'; DROP TABLE record; --"
    store.add_batch({**BATCH, "idub": evil}, [{**RECORD, "key": evil}])
    assert store.batches(idub=evil)[0]["idub"] == evil
    assert store.is_filed("production", evil, evil)
    assert len(store.records()) == 1


def test_totals_are_by_facility_and_verdict(store):
    refused = {**RECORD, "verdict": "refused"}
    store.add_batch(BATCH, [RECORD, refused, refused])
    store.add_batch({**BATCH, "idub": "1234567890123"}, [RECORD])
    assert store.totals() == {
        "123456789012": {"accepted": 1, "refused": 2},
        "1234567890123": {"accepted": 1},
    }


def test_writing_does_not_lock_readers_out(store, tmp_path):
    other = sqlite3.connect(tmp_path / "police.sqlite")
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.add_batch(BATCH, [RECORD])
    assert other.execute("SELECT COUNT(*) FROM record").fetchone() == (1,)
    other.close()


def test_with_a_database_file_the_police_remember_over_a_restart(tmp_path):
    database = str(tmp_path / "police.sqlite")
    answers = []
    for _ in range(2):
        with Simulator(database=database) as running:
            Control(running.url).post("clock", today=TODAY)
            answers.append(Caller(running.url).report(guest()).records)
    assert answers == [[";"], [";150;"]]


def test_without_one_they_forget_and_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Simulator() as running:
        Control(running.url).post("clock", today=TODAY)
        Caller(running.url).report(guest())
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []
