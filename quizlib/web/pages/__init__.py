"""The pages, one module a noun; each loads, acts, keeps, and redirects."""

from quizlib.web.pages.api import api
from quizlib.web.pages.attempts import attempts
from quizlib.web.pages.certificates import certificates
from quizlib.web.pages.classes import classes
from quizlib.web.pages.contests import contests
from quizlib.web.pages.entries import entries
from quizlib.web.pages.health import health
from quizlib.web.pages.learn import learn
from quizlib.web.pages.outcomes import outcomes
from quizlib.web.pages.papers import papers
from quizlib.web.pages.practice import practice
from quizlib.web.pages.prints import prints
from quizlib.web.pages.rehearsals import rehearsals
from quizlib.web.pages.rescue import rescue
from quizlib.web.pages.resume import resume
from quizlib.web.pages.review import review
from quizlib.web.pages.site import site
from quizlib.web.pages.standings import standings

PAGES = (
    site,
    contests,
    classes,
    entries,
    attempts,
    outcomes,
    standings,
    certificates,
    practice,
    resume,
    api,
    review,
    papers,
    rescue,
    learn,
    prints,
    rehearsals,
    health,
)
