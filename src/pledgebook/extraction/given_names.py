"""Common given names by the pronoun they most often go with; they only rank candidates for "he" and "she"."""

from pledgebook.extraction.cues import word_set

FEMALE_NAMES = word_set("""
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily
donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna
brenda pamela emma nicole helen samantha katherine catherine christine debra rachel carolyn janet maria heather diane ruth julie
olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria
teresa ann anne sara madison frances kathryn janice jean alice abigail julia judy sophia grace denise amber doris marilyn
danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori fatima aisha leila layla amina mariam
maryam zainab yasmin nadia noor huda rania salma ingrid astrid freya sofia elena ana carmen lucia isabel ursula angela sabine
petra katrin claire sophie camille chloe amelia isla poppy fiona eilidh siobhan aoife niamh gwen bronwen priya anjali sunita
meera lakshmi mei yuki akiko olga svetlana natalia irina tatiana ivana katya greta annika kirsten marta beatriz ines rosa lucy
jane kate kathy sally nina eva ella clara ida karin birgit hilde wendy tracy theresa harriet liz jo gillian nicola louise ngozi
amara
""")
MALE_NAMES = word_set("""
james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul
andrew joshua kenneth kevin brian george timothy ronald jason edward jeffrey ryan jacob gary nicholas eric jonathan stephen
larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose henry adam
douglas nathan peter zachary kyle noah ethan jeremy walter christian keith austin roger terry sean gerald carl dylan harold
jordan jesse bryan lawrence arthur gabriel bruce logan antony tony tom tim ben sam joe jim bob bill mike dan nick alan ian
graham neil colin simon martin stuart hamish angus callum rhys owen gareth mohammed muhammad mohamed ahmed ali hassan hussein
fuad omar khalid ibrahim yusuf karim tariq mustafa abdullah hamid jens lars erik magnus nils anders bjorn sven hans klaus jurgen
wolfgang stefan dieter pierre jean-paul francois luc jacques marco luca giovanni paolo carlos juan luis miguel pedro jorge diego
javier rafael antonio ivan dmitri sergei vladimir mikhail boris oleg andrei pavel viktor marek piotr tomasz janos raj arjun
vikram sanjay amit ravi wei hiroshi kenji takeshi kwame kofi emeka chidi tunde sipho leo oscar hugo felix max otto emil harry
oliver ned fred philip phil rob chris matt greg craig derek trevor barry nigel malcolm gordon duncan kenny ray hector victor
louis albert ernest
""")
