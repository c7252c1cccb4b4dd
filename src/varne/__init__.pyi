from .assessment import Assessment as Assessment
from .assessment import assess as assess
from .encounter.scenario import Scenario as Scenario
