"""Rewardful."""
