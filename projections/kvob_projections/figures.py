"""Which figures are there, and what does each of them count? The catalogue, in both languages.

A code is stable: programs rely on it. Read next: `statistics`, which works them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kvob_domain.words import Text


class FigureCode(StrEnum):
    """The figures."""

    TIME_PER_STEP = "time_per_step"
    FIRST_CYCLE = "first_cycle"
    RENEWAL = "renewal"
    RENEWAL_DECIDED = "renewal_decided"
    RENEWED_ON_TIME = "renewed_on_time"
    RENEWED_LATE = "renewed_late"
    LAPSED_BY_CHOICE = "lapsed_by_choice"
    LAPSED_BY_NEGLECT = "lapsed_by_neglect"
    ENDED_OTHERWISE = "ended_otherwise"
    WITHDRAWN = "withdrawn"
    END_UNCLEAR = "end_unclear"
    AUDITS = "audits"
    DECISIONS = "decisions"
    COMING = "coming"
    FUNNEL = "funnel"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure is called, what its numbers are in, and what exactly it counts."""

    code: FigureCode
    name: Text
    unit: Text
    definition: Text


_DAYS: Final = Text("dagen", "days")
_SHARE: Final = Text("aandeel van de geëindigde certificaten", "share of the certificates ended")
_EACH: Final = Text("aantal", "number")
_ESTATES: Final = Text("terreinen", "estates")

_HOW_DAYS: Final = Text(
    " Geteld in hele dagen: van de dag van het begin tot de dag van het einde. Alleen als beide "
    "dagen precies bekend zijn; wat een bron alleen als maand of jaar geeft (met dagen deels "
    "bekend) en wat met gaten is ingevoerd (met stappen ertussen onbekend) telt niet mee en staat "
    "apart. De mediaan is precies; een percentiel is een waargenomen waarde.",
    " Counted in whole days, from the day of the beginning to the day of the end, and only where "
    "both days are known exactly: what a source gives as a month or a year (with days partly "
    "known) and what was imported with gaps (with steps in between unknown) is left out and stands "
    "apart. The median is exact; a percentile is a value that was observed.",
)
_ENDED: Final = Text(
    " Noemer: alle certificaten waarvan de eerste dag dat zij niet meer geldig zijn in de periode "
    "valt (eerste en laatste dag inbegrepen, en niet na de peildag); bij een ingetrokken "
    "certificaat de dag van intrekking. Is het einde deels bekend, dan telt de laatst mogelijke "
    "dag. Certificaten zonder bekend einde staan apart.",
    " Denominator: all certificates whose first day no longer valid lies in the period (first and "
    "last day included, and not after the day asked); for a withdrawn one the day of withdrawal. "
    "Where the end is partly known, the latest possible day counts. Certificates without a known "
    "end stand apart.",
)
_MONTHS: Final = Text(
    " Per certificatie-instelling en kalendermaand, beide grenzen van de periode inbegrepen. De "
    "instelling is die van de gebeurtenis zelf, anders die van het terrein; zonder bekende "
    "instelling staat er niets. Is de maand niet zeker bekend, dan staat het aantal apart.",
    " By certification body and calendar month, both ends of the period included. The body is that "
    "of the event itself, else that of the estate; where nobody named one it is empty. Where the "
    "month is not certain, the number stands apart.",
)


def _figure(code: FigureCode, name: Text, unit: Text, nl: str, en: str, more: Text) -> Figure:
    return Figure(code, name, unit, Text(nl + more.nl, en + more.en))


_ALL: Final = (
    _figure(
        FigureCode.TIME_PER_STEP,
        Text("Tijd per stap", "Time per step"),
        _DAYS,
        "Hoe lang terreinen in elke stap waren, van de dag waarop zij erin kwamen tot de dag "
        "waarop zij naar de volgende gingen. Elk verblijf dat in de periode eindigde telt eenmaal. "
        "Wie in de stap is beëindigd en wie er nog is, staat apart.",
        "How long estates were in each step, from the day on which they entered it to the day on "
        "which they went on to the next. Each stay that ended in the period counts once. Those "
        "that were ended in the step, and those that are still in it, stand apart.",
        _HOW_DAYS,
    ),
    _figure(
        FigureCode.FIRST_CYCLE,
        Text("Duur van de eerste cyclus", "Duration of the first cycle"),
        _DAYS,
        "Van de startbijeenkomst (traject gestart) tot het besluit tot toekenning, voor cycli die "
        "in de periode zijn toegekend. Een terrein dat na beëindiging opnieuw begint telt opnieuw.",
        "From the kickoff (trajectory started) to the decision to award, of cycles that were "
        "awarded in the period. An estate that begins anew after an end counts again.",
        _HOW_DAYS,
    ),
    _figure(
        FigureCode.RENEWAL,
        Text("Duur van de hercertificering", "Duration of the renewal"),
        _DAYS,
        "Van de vastgestelde eindevaluatie (1-meting) tot het besluit over de hercertificering, "
        "voor hercertificeringen die in de periode zijn toegekend.",
        "From the adopted evaluation of the term to the decision on the renewal, of renewals that "
        "were awarded in the period.",
        _HOW_DAYS,
    ),
    _figure(
        FigureCode.RENEWAL_DECIDED,
        Text("Besluit ten opzichte van het verlopen", "Decision against the expiry"),
        _DAYS,
        "Dagen van de eerste dag dat het oude certificaat niet meer geldig was tot het besluit "
        "over de hercertificering; negatief is ervoor. Voor certificaten die in de periode "
        "eindigden. Weggelaten: deels bekende dagen, en waar certificaten ertussen onbekend zijn.",
        "Days from the first day on which the old certificate was no longer valid to the decision "
        "on its renewal; negative is before it. Of certificates that ended in the period. Left "
        "out: days partly known, and where certificates in between are unknown.",
        Text("", ""),
    ),
    _figure(
        FigureCode.RENEWED_ON_TIME,
        Text("Op tijd hercertificeerd", "Renewed on time"),
        _SHARE,
        "Over de hercertificering is besloten voor of op de eerste dag dat het certificaat niet "
        "meer geldig was, zodat er geen dag zonder certificaat was. Bij deels bekende dagen alleen "
        "als dat voor elke mogelijke dag geldt.",
        "The renewal was decided before or on the first day on which the certificate was no longer "
        "valid, so that there was no day without one. With days partly known only where that "
        "holds for every day that they can mean.",
        _ENDED,
    ),
    _figure(
        FigureCode.RENEWED_LATE,
        Text("Te laat hercertificeerd", "Renewed late"),
        _SHARE,
        "Over de hercertificering is besloten na de eerste dag dat het certificaat niet meer "
        "geldig was, of zij loopt nog terwijl het certificaat al is verlopen.",
        "The renewal was decided after the first day on which the certificate was no longer valid, "
        "or it still runs while the certificate has expired.",
        _ENDED,
    ),
    _figure(
        FigureCode.LAPSED_BY_CHOICE,
        Text("Beëindigd door keuze", "Lapsed by choice"),
        _SHARE,
        "Het traject is beëindigd met als reden keuze (by_choice), zonder hercertificering, op "
        "welke dag dat ook is vastgelegd.",
        "The trajectory was ended with choice (by_choice) as the reason, without a renewal, on "
        "whatever day that was recorded.",
        _ENDED,
    ),
    _figure(
        FigureCode.LAPSED_BY_NEGLECT,
        Text("Verlopen door nalaten", "Lapsed by neglect"),
        _SHARE,
        "Het certificaat is verlopen en er staat niets op: geen hercertificering die loopt of "
        "besloten is, geen intrekking, geen beëindiging (niets vastgelegd); of het traject is "
        "beëindigd met als reden nalaten (by_neglect). Bij ingevoerde terreinen kan een latere "
        "hercertificering alleen ontbreken in de bron.",
        "The certificate expired and nothing is on record: no renewal that runs or was decided, no "
        "withdrawal, no end (nothing on record); or the trajectory was ended with neglect "
        "(by_neglect) as the reason. Of imported estates a later renewal may merely be missing "
        "from the source.",
        _ENDED,
    ),
    _figure(
        FigureCode.ENDED_OTHERWISE,
        Text("Anders beëindigd", "Ended otherwise"),
        _SHARE,
        "Het traject is beëindigd door samenvoeging (merged) of om een andere reden (other).",
        "The trajectory was ended by a merger (merged) or for another reason (other).",
        _ENDED,
    ),
    _figure(
        FigureCode.WITHDRAWN,
        Text("Ingetrokken", "Withdrawn"),
        _SHARE,
        "Het certificaat is door de certificatie-instelling ingetrokken.",
        "The certificate was withdrawn by the certification body.",
        _ENDED,
    ),
    _figure(
        FigureCode.END_UNCLEAR,
        Text("Afloop onduidelijk", "How it ended is unclear"),
        _SHARE,
        "Er volgde een certificaat, maar uit de deels bekende dagen blijkt niet of dat op tijd "
        "was (unsure), of er ontbreken hele certificaten tussen beide (between).",
        "A certificate followed, but the days that are partly known do not tell whether in time "
        "(unsure), or whole certificates are missing between the two (between).",
        _ENDED,
    ),
    _figure(
        FigureCode.AUDITS,
        Text("Gehouden audits", "Audits held"),
        _EACH,
        "Elke audit die in de periode is gehouden, ook volgens een bron.",
        "Each audit that was held in the period, also by a source.",
        _MONTHS,
    ),
    _figure(
        FigureCode.DECISIONS,
        Text("Genomen besluiten", "Decisions taken"),
        _EACH,
        "Elke toekenning en elke weigering in de periode, op de dag van het besluit, ook volgens "
        "een bron.",
        "Each award and each refusal in the period, on the day of the decision, also by a source.",
        _MONTHS,
    ),
    _figure(
        FigureCode.COMING,
        Text("Komende hercertificeringen", "Renewals to come"),
        _EACH,
        "Certificaten die na de peildag verlopen, tot en met de laatste dag vooruit, en waarover "
        "nog niet besloten is: een audit en een besluit zijn uiterlijk in die maand nodig. Geen "
        "voorspelling: wie niet hercertificeert telt mee. 'kvob simulate --by body' laat zien wat "
        "volgt bij een aanname.",
        "Certificates that expire after the day asked, up to and with the last day ahead, and on "
        "whose renewal nobody decided yet: an audit and a decision are needed by that month. No "
        "forecast: who does not renew counts too. 'kvob simulate --by body' shows what follows "
        "under an assumption.",
        _MONTHS,
    ),
    _figure(
        FigureCode.FUNNEL,
        Text("Trechter van de eerste cyclus", "Funnel of the first cycle"),
        _ESTATES,
        "Van de eerste cycli die in de periode begonnen: hoeveel elke stap hebben bereikt of "
        "gepasseerd, naar wat nu bekend is, en waar de andere zijn. Nog daar (here): "
        "de cyclus staat in deze stap. Daarvan stil (silent): er is al zo veel dagen niets gedaan "
        "als gevraagd, op de peildag. Beëindigd (ended): het traject is in deze stap beëindigd. "
        "De stap Uitvoering en evaluatie is bereikt met de toekenning. Cycli waarvan niemand het "
        "begin kent staan apart.",
        "Of the first cycles that began in the period: how many reached or passed each step, by "
        "what is known now, and where the others are. Still there (here): the cycle is in this "
        "step. Of these silent: nothing was done for as many days as asked, seen on the day "
        "asked. Ended: the trajectory was ended in this step. The step Evaluation is reached by "
        "the award. Cycles of which nobody knows the beginning stand apart.",
        Text("", ""),
    ),
)

FIGURES: Final[Mapping[FigureCode, Figure]] = {figure.code: figure for figure in _ALL}
"""Every figure by its code, in the order of the screens."""
