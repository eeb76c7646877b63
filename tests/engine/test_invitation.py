# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules of an invitation verified by the foreign police."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ubyport import invitation as rules
from ubyport.invitation import Invitation, Means

TODAY = date(2026, 3, 2)
FIRST = date(2026, 5, 1)
INVITATION = Invitation(
    inviter="legal_entity",
    costs="full",
    form="electronic",
    arrival=FIRST,
    departure=FIRST + timedelta(days=29),
    code="A1B2C",
)


def invited(**changes):
    return replace(INVITATION, **changes)


def lasting(days, **changes):
    return invited(departure=FIRST + timedelta(days=days - 1), **changes)


def codes(invitation):
    return [finding.code for finding in rules.check(invitation, TODAY)]


def test_a_complete_invitation_has_nothing_wrong():
    assert not codes(INVITATION)


@pytest.mark.parametrize(("days", "long"), [(1, False), (90, False), (91, True)])
def test_ninety_days_are_short_and_one_more_is_long(days, long):
    assert rules.is_long(lasting(days)) is long


def test_without_dates_a_stay_is_not_called_long():
    assert not rules.is_long(invited(departure=None))


def test_accommodation_alone_may_be_borne_up_to_ninety_days():
    assert not codes(lasting(90, costs="accommodation"))
    assert codes(lasting(91, costs="accommodation")) == ["accommodation_only_long"]
    assert not codes(lasting(91, costs="full"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"arrival": None}, "arrival_missing"),
        ({"departure": None}, "departure_missing"),
        ({"departure": FIRST - timedelta(days=1)}, "departure_before_arrival"),
        ({"arrival": TODAY - timedelta(days=1)}, "arrival_past"),
        ({"code": ""}, "code_missing"),
        ({"code": "A1B2"}, "code_malformed"),
        ({"code": "A1B2CD"}, "code_malformed"),
        ({"code": "A1B2Č"}, "code_malformed"),
        ({"code": "A1-2C"}, "code_malformed"),
        ({"inviter": "foreigner"}, "residence_missing"),
        ({"inviter": "foreigner", "residence": "  "}, "residence_missing"),
    ],
)
def test_each_mistake_has_its_code(changes, code):
    assert codes(invited(**changes)) == [code]


def test_all_mistakes_are_told_at_once():
    wrong = invited(arrival=None, code="", inviter="foreigner")
    assert codes(wrong) == ["arrival_missing", "code_missing", "residence_missing"]


def test_the_code_may_be_typed_with_spaces_and_small_letters():
    assert not codes(invited(code=" a1 b2c "))
    assert rules.normal_code(" a1 b2c ") == "A1B2C"


def test_a_paper_form_has_no_code():
    assert not codes(invited(form="paper", code=""))


def test_a_stay_of_one_day_may_be_invited():
    assert not codes(invited(departure=FIRST))


@pytest.mark.parametrize(
    ("filed", "pickup"),
    [
        (date(2026, 3, 2), date(2026, 3, 11)),  # Monday to Wednesday of next week
        (date(2026, 3, 7), date(2026, 3, 17)),  # Saturday
        (date(2026, 3, 30), date(2026, 4, 10)),  # over Good Friday and Easter Monday
        (date(2026, 12, 21), date(2027, 1, 4)),  # over Christmas and New Year
    ],
)
def test_the_invitation_is_fetched_on_the_seventh_working_day(filed, pickup):
    assert rules.pickup_day(filed) == pickup


def test_a_form_which_was_only_sent_is_kept_ten_days():
    assert rules.form_due(date(2026, 3, 2)) == date(2026, 3, 12)


def test_only_a_foreigner_is_bound_to_one_office():
    assert rules.any_office("citizen")
    assert rules.any_office("legal_entity")
    assert not rules.any_office("foreigner")


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"inviter": "citizen"}, ("identity_document", "form_code", "means", "fee")),
        (
            {"inviter": "foreigner"},
            ("residence_document", "form_code", "means", "fee"),
        ),
        (
            {},
            ("identity_document", "stamp_and_signature", "form_code", "means", "fee"),
        ),
        (
            {"inviter": "citizen", "form": "paper", "by_proxy": True},
            ("identity_document", "form_paper", "power_of_attorney", "means", "fee"),
        ),
        (
            {"inviter": "citizen", "lodged_by_inviter": False},
            ("identity_document", "form_code", "means", "accommodation", "fee"),
        ),
        (
            {"inviter": "citizen", "departure": FIRST + timedelta(days=90)},
            ("identity_document", "form_code", "means_on_account", "fee"),
        ),
    ],
)
def test_what_to_bring_follows_from_who_invites(changes, needed):
    assert rules.checklist(invited(**changes)) == needed


@pytest.mark.parametrize("state", ["draft", "filed", "verified"])
def test_an_undertaking_can_be_taken_back_before_and_after_the_stay_only(state):
    assert rules.may_withdraw(state, during_stay=False)
    assert not rules.may_withdraw(state, during_stay=True)


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_what_does_not_bind_cannot_be_taken_back(state):
    assert not rules.may_withdraw(state, during_stay=False)


def test_the_police_are_told_of_what_they_were_given():
    told = [
        state
        for state in ("draft", "filed", "verified")
        if rules.must_tell_police(state)
    ]
    assert told == ["filed", "verified"]


def means(first, last, amount):
    start = FIRST + timedelta(days=first)
    end = FIRST + timedelta(days=last)
    return Means(arrival=start, departure=end, amount=Decimal(amount))


@pytest.mark.parametrize(
    ("stays", "needed"),
    [
        ([], 0),
        ([(0, 9, 100)], 100),
        ([(0, 9, 100), (10, 19, 50)], 100),  # one after the other
        ([(0, 9, 100), (9, 19, 50)], 150),  # one day together
        ([(0, 30, 100), (0, 9, 50), (20, 29, 70)], 170),  # never all three
        ([(0, 30, 100), (5, 9, 50), (7, 8, 70)], 220),
    ],
)
def test_means_are_added_up_for_those_who_stay_at_the_same_time(stays, needed):
    assert rules.means_at_once(means(*stay) for stay in stays) == needed


def test_the_fee_is_three_hundred_crowns():
    assert rules.FEE_CZK == 300
