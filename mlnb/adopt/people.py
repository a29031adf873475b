"""Given names that people put into the names of their own notebooks, to be left out of titles."""

from __future__ import annotations

from mlnb.dataflow.mutators import words

# No name that is a common word, a place or a thing as well, such as Mark, May, Paris or Victoria.
GIVEN_NAMES = words(
    """
    aaron abdul abdullah adrian adriana agnes ahmad ahmed ahmet aisha alan alberto alejandro aleksandr
    alessandro alexander alexandra alexandre alexei alexey alfredo alicia alvaro amanda amelie amina amir amit
    andrea andreas andrei andrew andrey andrzej angela angelina anjali anna anne annika antoine anton anya arjun
    arnaud arthur arturo ashley ayse barbara bartosz beatriz ben benjamin bernd bianca bjorn brandon brian bruno camila
    camille carla carlos carmen caroline catherine cecilia cedric celine chris christian christina
    christine christoph christopher clara claudia claudio clement cristina damian daniel daniela daniele danielle dave
    david deepak denis dennis derek diana dimitri dmitri dmitry dominik dominique dorothea douglas eduardo edward
    ekaterina elena elisa elizabeth emanuel emil emilia emilie emily emma eric erik ernesto esther etienne evan fabian
    fabio fatima federico felipe felix fernanda fernando filip francesca francesco francois frank franziska
    frederic gabriel gabriela gabriele georg george gerald gerard giacomo giovanni giulia gonzalo greg gregor
    guilherme guillaume guillermo gustavo hannah hannes hans hassan heinrich helena henrik henry hiroshi hugo hussein
    ibrahim ignacio igor ines ingrid irene irina isabel isabella isabelle ivan jacob jacques jakob jakub james jamie
    jana jane janine jasmin jason javier jean jeff jeffrey jennifer jens jeremy jerome jessica joanna joao joaquin
    joel johan johann johannes john johnny jonas jonathan jorge josef joseph joshua juan julian juliana julie
    julien jurgen justin kamil karen karin karl karolina katarzyna katharina katherine kathrin katja kevin khalid
    klaus konstantin kristen kristin krzysztof laura lauren laurent leila leonardo lisa lorenzo louise
    luca lucas lucia lucy luis luisa lukas lukasz maciej magdalena manuel marc marcel marcin marco marcos margaret maria
    mariana marie marina mario mariusz markus marta martin martina mateusz mathias mathieu matteo matthew matthias
    matthieu maurice maxime maximilian megan mehmet melanie melissa michael michaela michal michel michele michelle
    miguel mikhail miriam mohamed mohammad mohammed monika moritz mustafa nadia nadine natalia natalie nathan neha
    nicholas nicolas nicole niklas nikita nikolai nikolas nils nina noah nora oleg oliver olivia olivier omar oscar
    pablo patricia patrick patryk paul paula pavel pedro peter philip philipp philippe pierre piotr pooja
    priya rachel rafael rahul rajesh ralf raphael raquel rebecca ricardo richard rita robert roberto rodrigo roger
    rohan roland romain ruben sabine samantha samuel sandeep sandra sanjay sara sarah sebastian sergei sergey
    sergio sharon shreya silvia simon simone sonia sophia sophie stefan stefanie stefano stephan stephanie stephen
    steve steven sunil susan susanne svenja sven svetlana sylvie tatiana thiago thomas tim timo tobias tom tomas
    tomasz tommaso torsten tyler ulrich ursula uwe valentin valerie vanessa verena veronica vijay vikram vincent
    vladimir walter werner wolfgang xavier yann yannick yasmin yusuf yuki zachary
    jose antonio francisco diego paulo louis
    """
)
