"""EHC plans as a school keeps them: whose plan, who answers for it, its days, what it promises."""
