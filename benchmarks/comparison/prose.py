# ruff: noqa: E501 - a table of sentences
"""Sentences of which the articles of the world are made; {s} stands for the subject."""

from __future__ import annotations

OPENINGS: tuple[str, ...] = (
    "{s} has been described many times, and each time a little differently. This essay starts from the papers that were kept in the harbour office until 1987 and asks what they can still tell.",
    "Few subjects have been argued over so patiently as this one: {s}. The archive that is opened here for the first time does not end the argument, but it moves it to firmer ground.",
    "When we speak of {s} we usually mean what the newspapers of the time made of it. The people who were there left other words, and it is with these that we have to begin.",
)

SENTENCES: tuple[str, ...] = (
    "The oldest ledger has lost its binding, and the leaves were numbered again by a later hand.",
    "Nobody who signed the petition of that year lived within sight of the water.",
    "A clerk noted in the margin that the sum could not be right, and then copied it all the same.",
    "It took three winters before the second bridge was open to carts.",
    "What the surveyors measured in the morning had moved by the afternoon.",
    "The council met eleven times and reached the same decision on each occasion.",
    "Letters from the island arrived with the mail boat on Tuesdays, if there was a boat.",
    "The price of tar doubled between the first contract and the last.",
    "Older accounts pass over this point in silence, perhaps because it was common knowledge.",
    "There is a photograph of the opening, but the people in it have never been named.",
    "The engineer's daughter kept his notebooks and lent them to anybody who asked.",
    "By the standards of the coast this was a quick and an honest piece of work.",
    "Two of the witnesses contradict each other about the hour and agree about the weather.",
    "The map of 1874 shows a path where the map of 1881 shows a field.",
    "Insurance was refused at first, and then granted at a rate that amounted to a refusal.",
    "A school was built from the timber that the company had left behind.",
    "Readers of {s} will know the story of the lamp; it is better than the evidence for it.",
    "The strike lasted nine days and is missing from the company's own chronicle.",
    "For the first time the wages of women were entered on the same page as those of men.",
    "Most of the stone came from a quarry that is now under the reservoir.",
    "We can follow the shipments from port to port by the small fees that were paid on them.",
    "The commission printed its report in two hundred copies, of which six are known.",
    "A change in the law made the old contracts worthless overnight.",
    "The last keeper remembered the smell of the place rather than its sound.",
    "Translation has blurred the matter further, since the word for ferry is also that for promise.",
    "In the census of that spring the village appears twice, under two spellings.",
    "It is a mistake to read these figures as if they had been collected for us.",
    "Rebuilding began before the ashes had cooled, at the expense of the parish.",
    "The new rules were read aloud on three Sundays and obeyed from the fourth.",
    "An index of the whole series has been promised since 1962.",
    "Where the sources stop, the landscape goes on talking for a while.",
    "The minutes were taken in pencil and have to be read against the light.",
)
