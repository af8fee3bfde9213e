"""Why can the rules say no? One class per reason, each naming what to do next.

Rejected
├── dates        DateInFuture, BeforeEstateExisted, BeforeLastMove, BeforeCycle,
│                BeforeItsEvidence, NothingToPresent, HasNotHappened, LastValidDayTooEarly
├── lifecycle    WrongStep, WrongStatus, NoTrajectory, AlreadyRegistered,
│                GroupHasNoTrajectory, NothingToRevert
├── evidence     PartiesMissing, IntentMissing, SurveyMissing, SurveyResponseTooLow,
│                WalkRoundMissing, FiguresMissing, AnalysisMissing, PlanMissing, GoalsMissing,
│                CovenantMissing, AuditMissing, AuditNegative, FindingsOpen,
│                TooFewMeasuresDone, CovenantComesFirst, MoreReturnedThanSent, TermUnknown
├── deadlines    DeadlineNotOpen, NotDueThen, NoticeGivenBefore, DeadlineFixed, UseOtherCommand,
│                ExtensionNotLater, MovedToThePast, MovedBeyondExpiry
├── documents    DocumentOnRecord, EventUnknown
├── corrections  CorrectionUnclear, EventUncorrectable, RegistrationStays,
│                NeverHappenedAlready, CorrectionOvertaken, KindFixed, SaysUnknown,
│                SaysMalformed, SaysNothingNew, CorrectionBreaks
├── separation   AuditorDoesNotDecide, PreparerDoesNotDecide, SecondPersonNeeded
└── naming       MeasureUnknown, FindingUnknown, FindingRepeated, MeasureRepeated,
                 ProposalUnknown, PartyUnknown, SameName, SameBody, SameEdition, NotAGroup,
                 AlreadyWaived, AlreadyLinked, EditionNotInForce, MemberIsGroup
"""
