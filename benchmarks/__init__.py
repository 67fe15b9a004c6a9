"""The product beside its peers, each pair measured in one run: ratios, not seconds, are what travels."""
