"""What is the estate working on? The seven steps, with registered before and ended after them."""

from enum import StrEnum

from statemachine import State, StateMachine

from kvob_domain.words import Text


class Step(StrEnum):
    """The step an estate is in: the one it is working on, not the one it last finished."""

    REGISTERED = "registered"
    KICKOFF = "kickoff"
    INVENTORY = "inventory"
    ACTION_PLAN = "action_plan"
    COVENANT = "covenant"
    AWARD = "award"
    EVALUATION = "evaluation"
    RECERTIFICATION = "recertification"
    ENDED = "ended"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return STEP_WORDS[self]


STEP_WORDS: dict[Step, Text] = {
    Step.REGISTERED: Text("Aangemeld", "Registered"),
    Step.KICKOFF: Text("Startfase", "Kickoff"),
    Step.INVENTORY: Text("Veiligheidsanalyse", "Inventory"),
    Step.ACTION_PLAN: Text("Plan van aanpak", "Action plan"),
    Step.COVENANT: Text("Convenant", "Covenant"),
    Step.AWARD: Text("Toekenning", "Award"),
    Step.EVALUATION: Text("Uitvoering en evaluatie", "Evaluation"),
    Step.RECERTIFICATION: Text("Hercertificering", "Recertification"),
    Step.ENDED: Text("Beëindigd", "Ended"),
}

# No trajectory runs in these.
IDLE_STEPS = frozenset({Step.REGISTERED, Step.ENDED})


class TrajectoryMachine(StateMachine):
    """The moves of the trajectory. Source: the step table of the practice, domain README."""

    registered = State(initial=True)
    kickoff = State()
    inventory = State()
    action_plan = State()
    covenant = State()
    award = State()
    evaluation = State()
    recertification = State()
    ended = State()

    start_trajectory = registered.to(kickoff) | ended.to(kickoff)
    declare_intent = kickoff.to(inventory)
    adopt_analysis = inventory.to(action_plan)
    adopt_plan = action_plan.to(covenant) | recertification.to(recertification)
    sign_covenant = (
        covenant.to(award)
        | award.to(award)
        | evaluation.to(evaluation)
        | recertification.to(recertification)
    )
    request_audit = covenant.to(award) | award.to(award) | recertification.to(recertification)
    record_audit = covenant.to(covenant) | award.to(award) | recertification.to(recertification)
    close_finding = covenant.to(covenant) | award.to(award) | recertification.to(recertification)
    award_certificate = award.to(evaluation) | recertification.to(evaluation)
    refuse_award = award.to(award) | recertification.to(recertification)
    evaluate_year = evaluation.to(evaluation)
    evaluate_term = evaluation.to(recertification)
    end_trajectory = (
        registered.to(ended)
        | kickoff.to(ended)
        | inventory.to(ended)
        | action_plan.to(ended)
        | covenant.to(ended)
        | award.to(ended)
        | evaluation.to(ended)
        | recertification.to(ended)
    )
