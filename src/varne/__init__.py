"""Varne: what does each way of responding to a small boat in the Channel do to the risk to life?"""
