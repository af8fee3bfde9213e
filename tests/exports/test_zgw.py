"""Does a case system get zaken by the field names of ZGW, whole, stable, and without persons?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kvob_domain.ids import EstateId
from kvob_workflow import (
    ApproveAct,
    Engine,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    RegisterDocument,
    RegisterEstate,
    SuspendCertificate,
)
from kvob_workflow.demo import story
from kvob_workflow.exports.zgw import (
    RsinMalformed,
    audit_trail,
    check_rsin,
    zgw_document,
    zgw_documents,
)
from kvob_workflow.testing import DECIDER, SECOND_DECIDER, engine_in_memory
from tests.exports.zgw_shapes import REQUIRED, faults

RSIN = "002220647"
TODAY = date(2026, 11, 23)


def of(engine: Engine, estate: EstateId, **more: Any) -> Any:
    ((_, history),) = engine.histories(estate)
    return json.loads(json.dumps(zgw_document(estate, history, engine.book, **more)))


@pytest.fixture(scope="module")
def documents(store: Engine) -> list[Any]:
    made: list[Any] = json.loads(b"".join(zgw_documents(store.histories(), store.book, rsin=RSIN)))
    return made


@pytest.fixture(scope="module")
def zilverhoek(documents: list[Any]) -> Any:
    return next(one for one in documents if one["terrein"]["naam"] == "De Zilverhoek")


def objects(documents: list[Any]) -> Iterator[tuple[str, Any]]:
    for document in documents:
        yield from (("audittrail", one) for one in document["audittrail"])
        for case in document["zaken"]:
            yield "zaak", case["zaak"]
            if case["resultaat"]:
                yield "resultaat", case["resultaat"]
            for name, kind in {
                "statussen": "status",
                "besluiten": "besluit",
                "rollen": "rol",
                "zaakinformatieobjecten": "zaakinformatieobject",
            }.items():
                yield from ((kind, one) for one in case[name])


def test_every_object_has_the_fields_that_the_specification_asks_for(documents: list[Any]) -> None:
    wrong = [(kind, faults(kind, one)) for kind, one in objects(documents)]
    assert [one for one in wrong if one[1]] == []
    assert {kind for kind, _ in wrong} >= set(REQUIRED) - {"zaakinformatieobject"}


def test_what_one_object_says_of_another_is_there(documents: list[Any]) -> None:
    for document in documents:
        types = {one["url"] for kind in document["catalogus"].values() for one in kind}
        zaken = {case["zaak"]["url"] for case in document["zaken"]}
        for case in document["zaken"]:
            zaak = case["zaak"]
            assert zaak["status"] == case["statussen"][-1]["url"]
            assert zaak["rollen"] == [one["url"] for one in case["rollen"]]
            assert zaak["zaaktype"] in types
            assert {one["url"] for one in zaak["relevanteAndereZaken"]} <= zaken
            hung = [*case["statussen"], *case["rollen"], *case["besluiten"]]
            assert {one["zaak"] for one in hung} == {zaak["url"]}
            assert {one["statustype"] for one in case["statussen"]} <= types
            assert {one["besluittype"] for one in case["besluiten"]} <= types
            assert [one["indicatieLaatstGezetteStatus"] for one in case["statussen"]][-1]


def test_every_name_is_given_to_one_object_alone(documents: list[Any]) -> None:
    named = [one["url"] for kind, one in objects(documents) if kind != "audittrail"]
    assert len(named) == len(set(named))
    lines = [one["uuid"] for kind, one in objects(documents) if kind == "audittrail"]
    assert len(lines) == len(set(lines)) > 200


def test_the_same_store_gives_the_same_names(store: Engine, documents: list[Any]) -> None:
    again = json.loads(b"".join(zgw_documents(store.histories(), store.book, rsin=RSIN)))
    assert again == documents


def test_two_cycles_are_two_zaken_and_the_second_follows_the_first(zilverhoek: Any) -> None:
    first, second, *_ = zilverhoek["zaken"]
    assert second["zaak"]["relevanteAndereZaken"] == [
        {"url": first["zaak"]["url"], "aardRelatie": "vervolg"}
    ]
    (award,) = first["besluiten"]
    assert (award["datum"], award["ingangsdatum"]) == ("2021-06-03", "2021-06-03")
    assert (award["vervaldatum"], award["vervalreden"]) == ("2024-06-02", "tijdelijk")
    assert first["zaak"]["einddatum"] == "2021-06-03"
    assert "Basis Samenwerken" in award["toelichting"]
    steps = {one["url"]: one["code"] for one in zilverhoek["catalogus"]["statustypen"]}
    assert steps[first["statussen"][0]["statustype"]] == "kickoff"
    assert [one["betrokkeneIdentificatie"]["statutaireNaam"] for one in first["rollen"]]


def test_an_earlier_cycle_that_becomes_known_changes_no_name() -> None:
    with engine_in_memory(TODAY) as engine:
        estate = engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",))).estate
        engine.do(_award(estate, "2019-05-01"))
        (before,) = of(engine, estate)["zaken"]
        engine.do(_award(estate, "2012-05-01"))
        names = [one["zaak"]["uuid"] for one in of(engine, estate)["zaken"]]
    assert len(names) == 2
    assert names[1] == before["zaak"]["uuid"]


def _award(estate: EstateId, on: str) -> RecordPastFact:
    fact = PastFact(
        kind=FactKind.AWARD, on=PartialDate.parse(on), provenance=Provenance(source="a page")
    )
    return RecordPastFact(estate=estate, fact=fact)


def test_days_that_no_source_gives_are_told_as_such() -> None:
    with engine_in_memory(TODAY) as engine:
        estate = engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",))).estate
        engine.do(_award(estate, ""))
        (case,) = of(engine, estate)["zaken"]
    assert case["besluiten"] == []
    assert case["resultaat"] is not None
    assert case["zaak"]["einddatum"] is None
    assert case["zaak"]["toelichting"].startswith("Het begin is niet bekend")


@pytest.fixture(scope="module")
def walked() -> Iterator[tuple[Engine, EstateId]]:
    """An estate with a document and a suspension."""
    with engine_in_memory(TODAY) as engine:
        made = engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",)))
        estate = made.estate
        for step in story(estate):
            if step.refused_with is None:
                engine.do(step.command, actor=step.actor)
        document = RegisterDocument(
            estate=estate,
            on=date(2021, 1, 20),
            title="Verslag van Jan Jansen",
            sha256="a" * 64,
            size_bytes=12,
            media_type="application/pdf",
        )
        engine.do(document)
        yield engine, estate


def test_a_document_hangs_on_the_cycle_of_its_day_and_its_title_stays_behind(
    walked: tuple[Engine, EstateId],
) -> None:
    told = of(*walked)
    (hung,) = told["zaken"][0]["zaakinformatieobjecten"]
    assert faults("zaakinformatieobject", hung) == []
    assert "a" * 64 in hung["beschrijving"]
    assert "Jansen" not in json.dumps(told)
    line = told["audittrail"][-1]
    assert (line["resource"], line["resourceUrl"]) == ("zaakinformatieobject", hung["url"])


def test_the_audit_trail_has_a_line_for_every_event_and_tells_who_only_when_asked(
    walked: tuple[Engine, EstateId],
) -> None:
    engine, estate = walked
    ((_, history),) = engine.histories(estate)
    masked: list[Any] = audit_trail(estate, history)
    told: list[Any] = audit_trail(estate, history, persons=True)
    assert len(masked) == len(history)
    assert {one["gebruikersId"] for one in masked} == {""}
    assert [one["gebruikersId"] for one in told] == [one.by for one in history]
    persons = {one.by for one in history if one.by}
    text = json.dumps(masked)
    assert persons and not [one for one in persons if f'"{one}"' in text]


def test_a_line_tells_what_changed_by_old_and_new(walked: tuple[Engine, EstateId]) -> None:
    engine, estate = walked
    ((_, history),) = engine.histories(estate)
    lines = json.loads(json.dumps(audit_trail(estate, history)))
    awards = [one for one in lines if one["bron"] == "brc"]
    assert awards[0]["wijzigingen"]["oud"]["certificaten"] == 0
    assert awards[0]["wijzigingen"]["nieuw"]["certificaten"] == 1
    assert awards[0]["wijzigingen"]["nieuw"]["gebeurtenis"].endswith("certificate-awarded.v1")
    decided = {one["url"] for case in of(engine, estate)["zaken"] for one in case["besluiten"]}
    assert {one["resourceUrl"] for one in awards} <= decided


def test_a_suspension_is_a_besluit_of_its_own() -> None:
    with engine_in_memory(date(2025, 11, 1)) as engine:
        estate = engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",))).estate
        engine.do(_award(estate, "2025-05-01"))
        suspend = SuspendCertificate(estate=estate, on=date(2025, 10, 1), reason="Klachten")
        engine.do(suspend, actor=DECIDER)
        (proposal,) = engine.state(estate).proposals
        approve = ApproveAct(estate=estate, on=date(2025, 10, 1), proposal=proposal.id)
        engine.do(approve, actor=SECOND_DECIDER)
        told = of(engine, estate)
    codes = {one["url"]: one["code"] for one in told["catalogus"]["besluittypen"]}
    (case,) = told["zaken"]
    assert [codes[one["besluittype"]] for one in case["besluiten"]] == ["toekenning", "schorsing"]
    assert "Klachten" not in json.dumps(told)


def test_without_an_rsin_the_two_fields_are_empty_and_a_wrong_one_is_refused(
    walked: tuple[Engine, EstateId],
) -> None:
    zaak = of(*walked)["zaken"][0]["zaak"]
    assert (zaak["bronorganisatie"], zaak["verantwoordelijkeOrganisatie"]) == ("", "")
    assert of(*walked, rsin=RSIN)["zaken"][0]["zaak"]["bronorganisatie"] == RSIN
    for wrong in ("002220648", "000000000", "12345678", "00222064a", "٠٠٢٢٢٠٦٤٧"):
        with pytest.raises(RsinMalformed):
            check_rsin(wrong)


def test_the_check_of_the_shapes_notices_what_is_wrong(zilverhoek: Any) -> None:
    zaak = zilverhoek["zaken"][0]["zaak"]
    assert faults("zaak", {**zaak, "omschrijving": "x" * 81})
    assert faults("zaak", {**zaak, "startdatum": "2021-6-3"})
    assert faults("zaak", {**zaak, "eigen": 1})
    assert faults("zaak", {name: zaak[name] for name in zaak if name != "uuid"})
    assert faults("audittrail", {**zilverhoek["audittrail"][0], "bron": "kvob"})
