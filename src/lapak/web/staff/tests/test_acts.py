"""The few things the operator changes: a commission held or let go, and the price list."""

import pytest
from django.test import Client
from django.urls import reverse

from lapak.affiliates.models import Commission
from lapak.testing.pressed import press
from lapak.trade.shipping.models import Rate, Service


def act(commission: Commission, name: str) -> str:
    return reverse(f"admin:affiliates_commission_{name}", args=[commission.pk])


@pytest.fixture
def rate() -> Rate:
    return Rate.objects.get(service="jne-reg", origin_zone="java", destination_zone="java")


def test_a_commission_is_held_and_let_go(operator: Client, commission: Commission) -> None:
    press(operator, act(commission, "freeze"), {"reason": "Looks like one buyer."})
    commission.refresh_from_db()
    assert (commission.state, commission.reason) == ("frozen", "Looks like one buyer.")
    press(operator, act(commission, "release"))
    commission.refresh_from_db()
    assert (commission.state, commission.reason) == ("pending", "")


def test_looking_holds_nothing(operator: Client, commission: Commission, nothing_written: None) -> None:
    for name in ("freeze", "release"):
        assert operator.get(act(commission, name)).status_code == 200
    assert "This field is required" in press(operator, act(commission, "freeze"), {"reason": ""}).text
    operator.post(act(commission, "release"))
    commission.refresh_from_db()
    assert commission.state == "payable"


def test_a_price_is_changed(operator: Client, cast: object, rate: Rate) -> None:
    typed = {"first_kg_idr": 16_000, "next_kg_idr": 13_000, "min_days": 2, "max_days": 4}
    operator.post(f"/staff/shipping/rate/{rate.pk}/change/", typed)
    rate.refresh_from_db()
    assert (rate.first_kg_idr, rate.next_kg_idr, rate.max_days) == (16_000, 13_000, 4)


@pytest.mark.parametrize("wrong", [{"first_kg_idr": -1}, {"min_days": 9}, {"next_kg_idr": ""}])
def test_a_price_out_of_bounds_is_refused(operator: Client, cast: object, rate: Rate, wrong: dict[str, object]) -> None:
    typed = {"first_kg_idr": 16_000, "next_kg_idr": 13_000, "min_days": 2, "max_days": 4, **wrong}
    page = operator.post(f"/staff/shipping/rate/{rate.pk}/change/", typed)
    assert page.status_code == 200
    rate.refresh_from_db()
    assert rate.first_kg_idr == 15_000


def test_many_prices_are_changed_in_the_list(operator: Client, cast: object) -> None:
    query = "?service__code__exact=jne-reg&origin_zone__exact=java&destination_zone__exact=java"
    rate = Rate.objects.get(service="jne-reg", origin_zone="java", destination_zone="java")
    typed = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": rate.pk, "form-0-first_kg_idr": 17_000,
        "form-0-next_kg_idr": 12_000, "form-0-min_days": 2, "form-0-max_days": 3, "_save": "Save",
    }  # fmt: skip
    operator.post(f"/staff/shipping/rate/{query}", typed)
    rate.refresh_from_db()
    assert rate.first_kg_idr == 17_000


def row_of(rate: Rate, **typed: object) -> dict[str, object]:
    """The list of one route, with what the operator typed into it."""
    shown = {"first_kg_idr": "15.000", "next_kg_idr": "12.000", "min_days": 2, "max_days": 3, **typed}
    return {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": rate.pk, "_save": "Save",
        **{f"form-0-{name}": value for name, value in shown.items()},
    }  # fmt: skip


ONE_ROUTE = "/staff/shipping/rate/?service__code__exact=jne-reg&origin_zone__exact=java&destination_zone__exact=java"


@pytest.mark.parametrize("typed", ["18.000", "18000", "Rp 18.000", "18.000,-"])
def test_a_price_is_read_as_people_type_it(operator: Client, cast: object, rate: Rate, typed: str) -> None:
    operator.post(ONE_ROUTE, row_of(rate, first_kg_idr=typed))
    rate.refresh_from_db()
    assert (rate.first_kg_idr, rate.next_kg_idr) == (18_000, 12_000)
    assert 'value="18.000"' in operator.get(ONE_ROUTE).text
    operator.post(f"/staff/shipping/rate/{rate.pk}/change/", {**FORM, "first_kg_idr": "16.500", "next_kg_idr": typed})
    rate.refresh_from_db()
    assert (rate.first_kg_idr, rate.next_kg_idr) == (16_500, 18_000)


FORM = {"first_kg_idr": "15.000", "next_kg_idr": "12.000", "min_days": 2, "max_days": 3}


@pytest.mark.parametrize(("typed", "said"), [("18", "Rp18"), ("180.000", "Rp180.000")])
@pytest.mark.parametrize("is_list", [True, False])
def test_a_steep_change_is_asked_about(
    operator: Client, cast: object, rate: Rate, typed: str, said: str, is_list: bool
) -> None:
    path = ONE_ROUTE if is_list else f"/staff/shipping/rate/{rate.pk}/change/"
    prefix, sent = ("form-0-", row_of(rate, first_kg_idr=typed)) if is_list else ("", {**FORM, "first_kg_idr": typed})
    page = operator.post(path, sent)
    rate.refresh_from_db()
    assert rate.first_kg_idr == 15_000
    assert f"{said}? It is Rp15.000 now." in page.text
    assert f"Yes, {said} is meant" in page.text
    assert f'value="{typed}"' in page.text
    number = typed.replace(".", "")
    operator.post(path, {**sent, f"{prefix}first_kg_idr-sure": number})
    rate.refresh_from_db()
    assert rate.first_kg_idr == int(number)


def test_a_service_is_taken_off_the_list(operator: Client, cast: object) -> None:
    operator.post("/staff/shipping/service/jnt-ez/change/", {"name": "J&T EZ", "position": 5})
    service = Service.objects.get(code="jnt-ez")
    assert (service.is_active, service.position) == (False, 5)


@pytest.mark.parametrize("is_list", [True, False])
def test_what_another_operator_changed_meanwhile_stays(
    operator: Client, cast: object, rate: Rate, is_list: bool
) -> None:
    """What was shown comes along with what was typed: of a page opened before, only what its reader changed is taken."""
    path = ONE_ROUTE if is_list else f"/staff/shipping/rate/{rate.pk}/change/"
    prefix, sent = ("form-0-", row_of(rate)) if is_list else ("", dict(FORM))
    sent |= {f"initial-{prefix}{name}": value for name, value in FORM.items()}
    for name, value in FORM.items():
        assert f'name="initial-{prefix}{name}" value="{value}"' in operator.get(path).text
    Rate.objects.filter(pk=rate.pk).update(first_kg_idr=16_000)
    operator.post(path, sent)
    operator.post(path, {**sent, f"{prefix}next_kg_idr": "12.500"})
    rate.refresh_from_db()
    assert (rate.first_kg_idr, rate.next_kg_idr) == (16_000, 12_500)


@pytest.mark.parametrize("is_list", [True, False])
def test_days_the_wrong_way_round_are_refused_in_words(
    operator: Client, cast: object, rate: Rate, is_list: bool, nothing_written: None
) -> None:
    path = ONE_ROUTE if is_list else f"/staff/shipping/rate/{rate.pk}/change/"
    page = operator.post(path, row_of(rate, min_days=9) if is_list else {**FORM, "min_days": 9}).text
    assert "It cannot take more days at least than at most." in page
    assert "rate_sane" not in page
    assert "first kilogram (rp)" in page.lower()
