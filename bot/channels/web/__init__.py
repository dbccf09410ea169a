"""The applicants' page: plain forms in, server-rendered HTML out. Knows no form and no wording of the notice."""
