"""What Pulumi runs after a bare `pulumi up`: a refusal, because only golive has the guards."""

import pulumi

REFUSAL = (
    "This project is run with `golive plan` and `golive up`: they check the account, the collisions and what would "
    "be deleted, and then run this same engine. A bare `pulumi up` would go round all of that, so nothing was done."
)

raise pulumi.RunError(REFUSAL)
