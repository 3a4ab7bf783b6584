"""The closed lists of this room, in words that may be shown."""

from __future__ import annotations

from hearth.kernel.kinds import Kind


class Tenure(Kind):
    """By what right somebody lives in a home of the landlord (reference on tenant satisfaction measures, 1.3)."""

    GENERAL_NEEDS = "general_needs", "General needs tenancy"
    SUPPORTED = "supported", "Supported or independent living tenancy"
    TEMPORARY = "temporary", "Temporary accommodation"
    INTERMEDIATE = "intermediate", "Intermediate rent tenancy"
    SHARED_OWNERSHIP = "shared_ownership", "Shared ownership"


LOW_COST_RENTAL = frozenset({Tenure.GENERAL_NEEDS, Tenure.SUPPORTED, Tenure.TEMPORARY, Tenure.INTERMEDIATE})
LOW_COST_OWNERSHIP = frozenset({Tenure.SHARED_OWNERSHIP})


class Standing(Kind):
    """What somebody is to the landlord beside what follows from a tenancy or a lease (PROF-31)."""

    NONE = "", "As their home says"
    COMMUNITY = "community", "Community member"
    PRIVATE = "private", "Private or other-tenure resident"
    TRAVELLER_SITE = "traveller_site", "Gypsy and traveller resident on a managed site"
    TRAVELLER_SETTLED = "traveller_settled", "Gypsy and traveller resident, settled"


class HomeKind(Kind):
    """What sort of dwelling a home is."""

    HOUSE = "house", "House"
    BUNGALOW = "bungalow", "Bungalow"
    FLAT = "flat", "Flat"
    MAISONETTE = "maisonette", "Maisonette"
    BEDSIT = "bedsit", "Bedsit or studio"
    ROOM = "room", "Room in a shared home"
    PITCH = "pitch", "Pitch on a site"
    OTHER = "other", "Other"


class ApplicationKind(Kind):
    """For what somebody applied."""

    HOUSING = "housing", "Housing register"
    HOMELESS = "homeless", "Homelessness"
    TRANSFER = "transfer", "Transfer"


class Channel(Kind):
    """A way to reach a person."""

    EMAIL = "email", "Email"
    SMS = "sms", "Text message"
    PHONE = "phone", "Telephone"
    RELAY = "relay", "Telephone through Relay UK"
    LETTER = "letter", "Letter"
    VISIT = "visit", "Visit"


class Purpose(Kind):
    """Why somebody is to be reached. Service notices cannot be opted out of (COM-20)."""

    SERVICE = "service", "Service notice"
    LEGAL = "legal", "Legal notice"
    CASE = "case", "Their own case or complaint"
    SURVEY = "survey", "Survey"
    CONSULTATION = "consultation", "Consultation"
    INVOLVEMENT = "involvement", "Involvement"
    NEWS = "news", "News"


NOT_OPTIONAL = frozenset({Purpose.SERVICE, Purpose.LEGAL, Purpose.CASE})


class Level(Kind):
    """How closely somebody wishes to be involved."""

    INFORMED = "informed", "Kept informed"
    CONSULTED = "consulted", "Asked for my views"
    CLOSE = "close", "Closely involved"


class Frequency(Kind):
    """How often somebody wishes to hear of what is not urgent."""

    AS_IT_HAPPENS = "as_it_happens", "As it happens"
    WEEKLY = "weekly", "Once a week"
    MONTHLY = "monthly", "Once a month"
    QUARTERLY = "quarterly", "Four times a year"


class Format(Kind):
    """In what form somebody can read."""

    STANDARD = "standard", "Standard print"
    LARGE_PRINT = "large_print", "Large print"
    BRAILLE = "braille", "Braille"
    AUDIO = "audio", "Audio"
    EASY_READ = "easy_read", "Easy Read"
    SIGNED = "signed", "British Sign Language"


class Authority(Kind):
    """By what right somebody acts for another (SEC-14)."""

    ADVOCATE = "advocate", "Advocate"
    ATTORNEY = "attorney", "Attorney under a lasting power"
    DEPUTY = "deputy", "Deputy appointed by the court"
    REPRESENTATIVE = "representative", "Representative whom the person chose"
    APPOINTEE = "appointee", "Appointee for benefits"


class Scope(Kind):
    """For what an authority holds."""

    EVERYTHING = "everything", "Everything"
    LETTERS = "letters", "Receive letters and messages"
    COMPLAINTS = "complaints", "Complaints"
    SURVEYS = "surveys", "Answer surveys"
    CONSULTATIONS = "consultations", "Answer consultations"
    RENT = "rent", "Rent and charges"
    REPAIRS = "repairs", "Repairs"


class NeedKind(Kind):
    """What kind of need somebody has; disability itself is a protected characteristic, kept elsewhere (PROF-08)."""

    SUPPORT = "support", "Support need"
    VULNERABILITY = "vulnerability", "Vulnerability"
    COMMUNICATION = "communication", "Communication need"
    ACCESS = "access", "Access need"
    ONLINE = "online", "Help to get online"


class Told(Kind):
    """Who said it."""

    SELF = "self", "The person themselves"
    STAFF = "staff", "Staff"
    AUTHORITY = "authority", "Somebody who acts for them"
    IMPORT = "import", "Housing management system"
    PAPER = "paper", "Paper form"


class Asks(Kind):
    """What somebody may ask of the landlord about their own data (UK GDPR articles 15 to 21)."""

    ACCESS = "access", "A copy of my data"
    CORRECTION = "correction", "A correction"
    ERASURE = "erasure", "Erasure"
    RESTRICTION = "restriction", "Restriction of use"
    OBJECTION = "objection", "Objection to a use"
    PORTABILITY = "portability", "Data to take elsewhere"


class RequestState(Kind):
    """Where a request about one's own data stands."""

    RECEIVED = "received", "Received"
    IDENTITY = "identity", "Waiting for proof of identity"
    WORKING = "working", "Being worked on"
    GRANTED = "granted", "Granted"
    PARTLY = "partly", "Granted in part"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ImportState(Kind):
    """Where an import stands."""

    UPLOADED = "uploaded", "Uploaded"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked: ready to bring in"
    RUNNING = "running", "Being brought in"
    STOPPED = "stopped", "Stopped"
    DONE = "done", "Brought in"
    FAILED = "failed", "Failed"
