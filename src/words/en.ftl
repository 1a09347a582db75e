# the answer to a photo
answer-sure = I read { $label } ({ $percent } % sure) – right?
answer-unsure = Is it { $first } or { $second }? ({ $firstPercent } % or { $secondPercent } %)
answer-unsure-one = Is it { $first }? ({ $percent } %)
answer-unsure-three = Is it { $first }, { $second } or { $third }?
answer-case = I read the letter { $letter } – { $percent } % sure. Is it { $first } or { $second }? ({ $firstPercent } % or { $secondPercent } %)
answer-lost = I cannot tell what this is ({ $alphabet }). Which character is it?
answer-no-model = I have not learnt to read this yet: { $alphabet }. Which character is it? Your answer is my first lesson.
answer-from-hand = I went by your own handwriting here.
answer-other = Which one is it? You can also write it as a reply.
picture-glance = Your photo, small, with what I looked at marked
picture-glyph = The character as I saw it
button-other = other…
button-reject = not a character
button-wrong-name = no, something else
button-undo = undo
button-back = ‹ back
button-label-name = it is { $name }
button-row-name = one of { $labels }
saved-confirm = Thank you! Saved: { $label }.
saved-correct = Thank you for the correction! Saved: { $label }.
saved-reject = Thank you! Noted: not a character.
already-saved = Already saved: { $label }. Tap undo first to change it.
already-rejected = Already noted: not a character. Tap undo first to change it.
undone = Taken back.
undone-label = Taken back: { $label }.
which-photo = Several photos wait for an answer. Which one is { $label }? Tap its number, or reply to the photo.
which-photo-tap = Several photos wait for an answer. Which one is { $label }? Tap its number.
which-reply = Several photos wait for an answer. Please reply to the one that you mean.
which-reply-tap = Several photos wait for an answer. Please use the buttons under the one that you mean.
nothing-to-undo = There is nothing to take back.
not-yours = Only the person who sent the photo or asked me to read it can answer this one.
unknown-prediction = I no longer have this picture. Please send it again.
unknown-button = I do not know this button any more. Please send the picture again.
unknown-label = { $label } is not among { $alphabet }. Answer with one of those; /alphabet changes what I read.
alphabet-for-label = { $label } names an alphabet, not a character. To read in it, say /alphabet { $id } first.
too-many-verdicts = Thank you, that is a lot for one hour! Please go on in { $minutes } { $minutes ->
    [one] minute
   *[other] minutes
  }.
blocked = I read your photos, but your answers no longer teach me: an operator of this bot decided so. If you think that is a mistake, ask the owner.
busy = Busy, one moment: please send it again in { $seconds } { $seconds ->
    [one] second
   *[other] seconds
  }.
example-read = I read { $label } ({ $percent } % sure). That was only an example, so it teaches me nothing. Now write one yourself!
text-hint = Send me a photo of handwriting: one character, a word or a page. /help says more.
disk-nearly-full = The disk that I keep everything on is nearly full, so I cannot take new pictures until whoever runs me makes room. Your answers are still saved.
pictures-full = I have kept as many photos as whoever runs me gives me room for, so I take no new ones of this kind until there is more. Your answers are still saved.
error-storage = I could not save that: the disk or the database is not well. Nothing half was kept; please try again later.
error-model = My model cannot be loaded just now, so I cannot read. The owner can see why; please try again later.
error-unexpected = Something went wrong on my side. Nothing that was saved is lost; please try again.
# a photo of several characters
several-read = I read { $count } characters:
several-done = Thank you! All { $count } are saved:
several-doubtful = In brackets: I am not sure ({ $doubtful }).
several-answered = { $answered } of { $count } are answered.
several-how = Is all of it right? Then tap ✓. Tap a number to correct that one, or write the whole line as a reply.
several-main = There is more writing beside it ({ $count } characters in all).
several-too-many = There are more characters than I read at once; these are the first { $count }. Please send the rest as another photo.
stack-page = Page { $place } of { $count } in the PDF.
stack-missed = { $count ->
    [one] One page of the PDF is no practice sheet that I can read: { $places }. Please send it again as a photo.
   *[other] { $count } pages of the PDF are no practice sheets that I can read: { $places }. Please send them again as photos.
  }
stack-cut-short = I had no room for the rest of the PDF, from page { $place } on. Please send those pages again in a minute.
album-unread = { $count ->
    [one] One of the pictures could not be read.
   *[other] { $count } of the pictures could not be read.
  }
several-saved = Saved: { $saved } { $saved ->
    [one] answer
   *[other] answers
  }.
several-none-saved = There was nothing new to save.
several-undone = Taken back: { $count } { $count ->
    [one] answer
   *[other] answers
  }.
several-which = There are several characters in that photo. Which one do you mean? Tap its number, or write the whole line as a reply.
picture-reading = { $count ->
    [one] One character, with its number
   *[other] { $count } characters, each with its number
 }
button-all-right = all right ({ $count })
button-the-rest = the rest ({ $count })
button-undo-all = undo all
button-whole = ‹ all { $count }
button-glyph-name = number { $number }: { $label }
# why a photo is no good
hint-cut-off = It seems to be cut off at the edge: with a little paper around it I read better.
hint-tiny = It is very small in the photo: please go closer.
hint-dark = It is rather dark there: more light helps.
hint-screen = It looks like a photo of a screen: a screenshot, or a photo of paper, I read better.
unreadable-empty-file = The file is empty. Please send it again.
unreadable-not-an-image = This is not a picture I can open. Please send a photo (JPEG, PNG or WebP).
unreadable-unsupported-format = I cannot open this kind of file. Please send it as JPEG, PNG or WebP.
unreadable-animated = This picture moves. Please send a still one.
unreadable-damaged = The picture is damaged or incomplete. Please send it again.
unreadable-file-too-large = The file is too large: 20 MB at most. Please send it smaller.
unreadable-too-many-pixels = This picture has too many pixels for me to open. An ordinary photo (JPEG) may have 64 megapixels; progressive and interlaced pictures may have 12, AVIF 3. Please send it as an ordinary photo, or smaller.
unreadable-too-costly = Opening this picture takes too much time or memory. Please send it as an ordinary photo (JPEG), or smaller.
unreadable-too-small = The picture is too small to read. Please go closer.
unreadable-blank = I see no writing here. Please write one character, large and dark, and try again.
unreadable-too-faint = The writing is too faint for me. A darker pen or more light helps.
unreadable-all-ink = All of it is dark: I see no character. Please leave some paper around it.
unreadable-too-blurred = The picture is too blurred. Please hold still and try again.
unreadable-too-dark = It is too dark: I cannot see any writing. More light helps.
unreadable-print = This looks like print to me, not like handwriting. If it was written by hand, please keep the characters apart, and go closer.
unreadable-scene = I see a picture, but no handwriting that I can make out. Please write large and dark, go closer, and try again.
unreadable-hardly-read = I can make out hardly anything here. If this is writing, please keep the characters apart, go closer, and send less at a time. With what it says as its caption I can learn from it.
unreadable-screen = This looks like a photo of a screen: its dots hide what is written. Please send a screenshot, or a photo of paper.
unreadable-several-characters = I see several characters. Please send one at a time.
unreadable-sheet-empty = I see a practice sheet, but nothing is written in its cells.
unreadable-sheet-half = A part of this practice sheet is missing. Please take a photo that shows all four corner rings.
unreadable-sheet-old = This practice sheet is of another version, so I do not know what stands where. Please print a new one: /sheet
unreadable-sheet-code = I see a practice sheet, but cannot read its code. Please go closer, with more light, and keep both codes uncovered.
unreadable-pdf-locked = This PDF asks for a password. Please send it without one.
unreadable-pdf-too-long = This PDF has more than 50 pages. Please send the filled practice sheets in smaller stacks.
unreadable-pdf-no-sheets = I see no filled practice sheet in this PDF. A scanner app’s PDF has one photo of a sheet on each page; anything else please send as photos. /sheet gives you a sheet to print.
# commands
command-start = Say hello
command-help = How this works
command-read = Read the photo that this replies to
command-alphabet = Choose what I read in this chat
command-sheet = A practice sheet to print and fill in
command-me = What you taught me
command-undo = Take back your last answer
command-privacy = What I keep, and what I do not
command-forget = Delete everything you taught me
command-language = Choose the language
command-settings = Who may answer, and announcements
command-stats = Figures and charts
command-retrain = Train a better model now
command-models = The versions there are
command-rollback = Go back to the version before
command-cancel = Stop the training that runs
command-export = Download the samples
command-admins = Who may do all this
command-contributors = Who teaches me, and how well
command-block = Stop somebody from teaching me
command-unblock = Let somebody teach me again
command-withdraw = Take back all that somebody taught me
command-log = What operators did
command-argument-alphabet = alphabet
command-argument-alphabet-description = Another alphabet than this chat's
command-argument-text = text
command-argument-text-description = What is written behind the command
command-argument-contributor = contributor
command-argument-contributor-description = A key like c12, as /contributors shows it
command-argument-page = page
command-argument-page-description = Which page: 1 is the first
command-argument-sheet = characters
command-argument-sheet-description = A row (its first character), some characters, or all; nothing: those I know least
start = Hello! I read handwritten characters and learn from your answers. Send me a photo of a character, a word or a page; then tell me with one tap whether I was right. I read { $alphabet } now. /help says more.
help = Send a photo of one handwritten character, or of several. I answer with what I read; ✓ says that it is right, ✗ shows what else it may be, "other…" shows all characters, and you can also write the character as a reply. Of several, each has a number to tap, ✓ takes all, and you can write the whole line as a reply. /sheet gives you a practice sheet to fill in. Every answer teaches me; a new model answers only when it is proven better. Now I read { $alphabet }.
help-command = /{ $name } – { $description }
alphabet-question = What shall I read in this chat? Now: { $alphabet }.
alphabet-chosen = From now on I read { $alphabet } here.
chat-reads = This chat reads { $alphabet }; /alphabet changes it.
alphabet-unknown = I do not know the alphabet { $alphabet }. I know: { $known }.
language-name = English
language-question = Which language shall I speak?
language-chosen = I will speak English.
language-unknown = I do not speak { $language }. I speak: { $known }.
settings-question = Who may answer my questions in this chat? And shall I tell this chat when a better model takes over?
settings-group-only = In a private chat only you answer. Shall I tell you when a better model takes over?
settings-not-admin = Only an admin of this chat can change that.
settings-saved = Saved.
silenced = I will not tell you any more what you taught me. /settings changes that.
answering-asker = who sent the photo or asked me to read it
answering-anyone = anyone
answering-admins = chat admins
announce-on = announcements on
announce-off = announcements off
only-both = letters and digits
only-letters = letters only
only-digits = digits only
hand-on = go by my own handwriting, too
hand-off = read me like everybody
silence-on = do not tell me what I taught
silence-off = tell me what I taught
me-hand = Your own handwriting put { $right ->
    [one] one reading
   *[other] { $right } readings
  } right{ $wrong ->
    [0] {""}
   *[other] {" "}and { $wrong } wrong
  }.
me-picture = What you taught me, character by character.
me-curves = { $alphabet }: right, by your answers
me-with = with your own handwriting
me-without = without
me-nothing = You have not taught me anything yet. Send a photo and answer with a tap.
me-alphabet = { $alphabet }: you taught me { $samples } { $samples ->
    [one] sample
   *[other] samples
  }.{ $answered ->
    [0] {""}
   *[other] {" "}By your answers, I read { $right } of { $answered } right.
  }
privacy = I keep: the cut-out character of each photo (a small square of pixels; in an alphabet of pictures a small copy of the photo, 224 pixels at most, without place, time or camera) while its question is open, and with your answer once you agreed to teach me; and the language you are spoken to in. I keep no more of your photo, and neither your name nor your number: only a code made of it with this server's key, which nobody can turn back without that key. Where to reply is kept with what I read and deleted with it. /forget deletes all that you taught me; a model that has learnt from it stays. Only that an operator blocked somebody outlives it, by that code alone.
consent-ask = Teach me? I keep the cut-out character (in an alphabet of pictures a small copy of the photo) and your answer, without your name, and learn from them for everybody; /privacy takes it back.
consent-agree = Agree
consent-agree-and-save = Agree and save
consent-not-now = Not now
consent-none-kept = Nothing is kept.
consent-not-yours = Only who answered can agree to that.
consent-line-again = Thank you. I was started anew meanwhile and no longer have your line: please write it once more.
consent-withdraw = Take it back, forget me
not-agreed = Not kept: somebody else wrote this. It teaches me only if they agree, with a tap here of their own.
only-read = I only read this one: I cannot know who wrote it, so nothing of it is kept.
privacy-agreed = You agreed to teach me on { $date }.
privacy-not-agreed = You have not agreed to teach me: I read your photos and keep nothing of your answers.
privacy-kept-before = What you taught me before I asked is still here; you can have it deleted.
privacy-operator = You are an operator: your own pictures teach without my asking.
privacy-now-agreed = Thank you. From now on your answers teach me. /privacy takes it back.
forget-question = Shall I delete everything you taught me ({ $samples } { $samples ->
    [one] sample
   *[other] samples
  }), your pictures and your settings? This cannot be undone.
forget-yes = Yes, delete it all
forget-no = No, keep it
forgotten = Done. I have forgotten you. Deleted: { $samples } { $samples ->
    [one] sample
   *[other] samples
  }, { $predictions } { $predictions ->
    [one] character
   *[other] characters
  } that I read.
forget-kept = Nothing was deleted.
operators-only = Only operators of this bot may do that.
operator-hint = To become one, ask the owner to put { $who } into ADMINS.
# practice sheets
sheet-all = all
sheet-title = { $alphabet } – practice sheet
sheet-how =
    Write each character into the cell below it, with a dark pen.
    One that went wrong: cross it out from corner to corner.
    Then send me a photo of the whole page, with all four corner rings.
sheet-read = Practice sheet, page { $page } of { $pages }: { $filled } cells are filled, { $empty } empty, { $crossed } crossed out{ $hidden ->
    [0] .
   *[other] , { $hidden } hidden.
  } In brackets: what I would not save without your look.
sheet-page = Page { $page } of { $pages }
sheet-sent = A practice sheet of { $alphabet }, { $pages } { $pages ->
    [one] page
   *[other] pages
  }. Print it, write in its cells, and send me a photo of each page.
# operators
stats-line = { $alphabet }: { $samples } { $samples ->
    [one] sample
   *[other] samples
  } ({ $train } to train, { $test } to test) of { $contributors } { $contributors ->
    [one] person
   *[other] people
  }.
stats-champion = Answering now: { $version }.
stats-no-champion = No model answers yet.
stats-confirm = It was right in { $right } of { $answered } { $answered ->
    [one] answer
   *[other] answers
  }{ $percent ->
    [-1] .
   *[other] {" "}({ $percent } %).
  }
stats-rejected = Not a character: { $rejected }.
stats-elsewhere = People taught me these as well:
stats-fewest = Fewest samples: { $labels }.
stats-row-samples = Samples
stats-row-split = To train / to test
stats-row-people = People
stats-row-answering = Answering now
stats-row-right = Right, by people’s answers
stats-row-fewest = Fewest samples
stats-row-rejected = Not a character
stats-picture = Figures of { $alphabet }
chart-accuracy = Read right, by version
chart-labels = Samples of each character
chart-days = Samples a day
chart-confusion = What { $version } mixes up, of { $tested } samples
chart-proof = Proof card: { $version }
line-tested = in tests
line-people = by people’s answers
axis-version = version
axis-right = read right
axis-samples = samples
axis-character = character
axis-day = day
axis-answers = answers
axis-newest = answers, counted back from the newest
axis-truth = what it was
axis-read = what was read
axis-cut = the axis begins at { $from } %
retrain-busy = A training run for { $alphabet } is already under way (run { $run }).
retrain-refused-no-samples = There is nothing to learn from yet for { $alphabet }: no samples. Send me photos and answer them first.
retrain-elsewhere = There are samples for these. Train one of them?
retrain-queued = { $alphabet }, run { $run }: waiting for its turn.
    { $bar } { $percent } %
retrain-progress = { $alphabet }, run { $run }: { $stage ->
    [preparing] getting ready
    [comparing] comparing with the model that answers now
   *[learning] learning
  }.
    { $bar } { $percent } %{ $minutes ->
    [-1] {""}
    [0] , less than a minute left
    [one] , about a minute left
   *[other] , about { $minutes } minutes left
  }
retrain-below = Run { $run }: its message goes on below.
retrain-promoted = Run { $run }: { $version } is proven better and answers now.
retrain-kept = Run { $run }: the old model stays.
retrain-kept-none = Run { $run }: there is still no model.
retrain-failed = Run { $run } failed: { $because }
retrain-cancelled = Run { $run } was cancelled.
gate-better = { $wins } of people’s photos are read right by the new one alone, { $losses } by the old one alone: that is more than chance.
gate-too-few-glyphs = Too few of people’s photos to compare on: { $tested } of the { $needed } that are needed. Answer more photos, then train again.
gate-not-enough-evidence = { $wins ->
    [0] No win
    [one] { $wins } win
   *[other] { $wins } wins
  } and { $losses ->
    [0] no loss
    [one] { $losses } loss
   *[other] { $losses } losses
  } are not yet proof{ $needed ->
    [0] .
   *[other] ; at least { $needed } wins would be.
  }
gate-label-fell = It reads { $label } worse than before.
gate-too-few-people = Better only by the answers of too few people: { $wins } { $wins ->
    [one] win
   *[other] wins
  }, { $losses } { $losses ->
    [one] loss
   *[other] losses
  }, but not without one of them. Answers of more people are needed, or of an operator.
gate-withdrawn = An operator withdrew samples that it learnt from. Train again.
gate-base-fell = It forgot what it knew: { $points } % worse on the built-in examples.
gate-overtaken = Another version took over while this one was being trained.
cancel-done = Run { $run } is being stopped.
cancel-none = No training is under way.
cancel-run = run { $run } for { $alphabet }
cancel-elsewhere = { $count ->
    [one] Nothing is under way for { $alphabet }; { $runs } is. Cancel it?
   *[other] Nothing is under way for { $alphabet }, but elsewhere: { $runs }. Cancel one of them?
  }
cancel-yes = Yes, cancel run { $run }
cancel-over = Run { $run } is over already.
models-none = There are no models yet.
models-no-backbone = Its pictures are seen with no backbone: a small network learns to see from them alone. A network that knows photographs already reads more from fewer of them: inkloop backbone add FILE, then inkloop alphabet see-with { $id } NAME.
models-title = Models of { $alphabet }
models-origin = comes from
models-from = { $origin ->
    [seed] shipped
    [fonts] fonts
   *[run] run { $run }
 }
models-line = { $champion ->
    [yes] ▶ { $version }
   *[no] { $version }
  } – { $accuracy }{ $origin ->
    [seed] , shipped
    [fonts] , made from fonts
   *[run] , from run { $run }
  }
rollback-question = Go back from { $from } to { $to }?
rollback-yes = Yes, go back
rollback-done = { $to } answers again (before: { $from }).
rollback-none = There is no earlier version of { $alphabet } to go back to.
rollback-refused = { $to } cannot be loaded, so nothing was changed: { $because }
rollback-overtaken = Another version took over in the meantime; nothing was changed.
export-done = { $samples } { $samples ->
    [one] sample
   *[other] samples
  } of { $alphabet }: pictures and a table.
export-none = No samples of { $alphabet } yet.
admins-list = Operators: { $list }
admins-none = There are no operators. Put telegram:ID or discord:ID into ADMINS and start again.
admins-added = { $who } is an operator now.
admins-removed = { $who } is no longer an operator.
admins-fixed = { $who } stands in ADMINS (or is not an operator): change it there.
admins-usage = /admins add telegram:123, or /admins remove telegram:123
contributors-none = Nobody has taught me anything yet.
contributors-line = { $key } ({ $platform }, since { $since }{ $state ->
    [blocked] , blocked
    [trusted] , trusted
   *[other] {""}
  }): { $samples } { $samples ->
    [one] sample
   *[other] samples
  }, { $recent } of them in 7 days. Called right: { $confirmed } of { $answered } { $answered ->
    [one] answer
   *[other] answers
  }. The models that answer now agree with { $agreed } of { $looked } { $looked ->
    [one] sample
   *[other] samples
  }.
contributors-title = Who teaches me
contributors-who = who
contributors-right = called right
contributors-agreed = models agree
contributors-state = { $state ->
    [blocked] blocked
   *[trusted] trusted
  }
contributors-next = More: /contributors { $page }
contributors-hint = /block c12 stops somebody from teaching me, /withdraw c12 takes back all that somebody taught me.
contributor-usage = Write the contributor behind it: /{ $command } c12. /contributors shows who there is.
contributor-unknown = There is no contributor { $key }. /contributors shows who there is.
block-done = { $key } no longer teaches me. What { $key } taught before stays: /withdraw { $key } takes it back.
block-already = { $key } is blocked already.
unblock-done = { $key } may teach me again.
unblock-already = { $key } is not blocked.
withdraw-question = Take back all that { $key } taught me ({ $samples } { $samples ->
    [one] sample
   *[other] samples
  })? It counts neither in training nor in testing from then on, and that cannot be undone. A model that is being trained with it will not take over.
withdraw-yes = Yes, take it back
withdraw-none = There is nothing of { $key } to take back.
withdraw-done = Taken back: { $samples } { $samples ->
    [one] sample
   *[other] samples
  } of { $key }.
withdraw-learnt = { $version } answers now and has learnt from them: /rollback goes back, /retrain trains a new one.
log-none = No operator has done anything yet.
log-next = More: /log { $page }
log-line = { $at } { $who }: { $what ->
    [block] blocked { $subject }
    [unblock] unblocked { $subject }
    [withdraw] took back all samples of { $subject }
    [admin-add] made { $subject } an operator
    [admin-remove] { $subject } is no longer an operator
    [retrain] asked for run { $subject }
    [cancel] stopped run { $subject }
    [promote] made { $subject } answer
    [rollback] went back to { $subject }
    [alphabet-new] made the alphabet { $subject }
    [alphabet-grow] added labels to the alphabet { $subject }
    [alphabet-relabel] changed labels of the alphabet { $subject }
    [alphabet-see] changed what pictures of the alphabet { $subject } are seen with
    [alphabet-train] trained the alphabet { $subject } from fonts
    [alphabet-archive] archived the alphabet { $subject }
    [alphabet-restore] restored the alphabet { $subject }
   *[other] removed the alphabet { $subject }
  }
# duels
duel-score = { $wins ->
    [one] { $wins } win
   *[other] { $wins } wins
  }, { $losses ->
    [one] { $losses } loss
   *[other] { $losses } losses
  }{ $people ->
    [1] , all by one person
   *[other] {""}
  }
duel-way = { $score }: { $way } of the way
duel-challenge = { $challenger } reads your photos in silence beside { $champion } and takes over once it is proven better. { $stands }.
duel-watch = { $challenger } answered before and still reads in silence beside { $champion }; it comes back if it proves to be better. { $stands }.
duel-advise = { $challenger } answered before { $champion } was promoted by hand, and still reads in silence beside it; operators are told if it proves to be better. { $stands }.
duel-advised = On people’s photos { $challenger } read better than { $champion }, which was promoted by hand: { $stands }. Nothing was changed.
duel-won = On people’s photos { $challenger } read better than { $champion }: { $stands }.
duel-back = On people’s photos { $challenger }, which had answered before, read better than { $champion }: { $stands }. What you taught stays.
duel-lost = On people’s photos { $challenger } read worse than { $champion }: { $stands }. Train again when there are more answers.
duel-confirmed = On people’s photos { $champion } reads better than { $challenger }, which had answered before: { $stands }.
duel-stopped = { $challenger } no longer reads beside { $champion } ({ $stands }): { $because ->
    [replaced] a newer model came that has more to show.
    [damaged] its file cannot be loaded. Train again.
    [withdrawn] an operator took back samples that it learnt from. Train again.
    [label-fell] it reads one of the characters worse than before.
    [alike] after thousands of answers the two are still too much alike.
   *[overtaken] another model answers by now.
  }
duel-goes-on = It goes on reading your photos in silence and takes over once your answers prove it better; /models shows how far it is.
duel-taken-back = Some of the answers that proved it were taken back or forgotten since; the decision stands.
# announcements
announce-promoted = { $alphabet }: a better model answers now ({ $version }). { $because }
announce-rolled-back = { $alphabet }: back to { $version }.
operators-drift = { $alphabet }: people on { $platform } call { $version } right less often than they did: { $before } % before, { $since } % of late. Something changed: who writes, how photos are taken, or what is answered. /retrain learns from it, /rollback goes back.
operators-former-better = { $alphabet }: { $because } /rollback goes back.
chart-drift = Called right on { $platform }, by { $block } answers
operators-disk-nearly-full = The disk is nearly full: { $free } MB are left. I take no new pictures until there is room; answers are still saved. "npx inkloop doctor" says which folder it is.
model-broken = { $alphabet }: the model { $version } should answer and cannot be loaded: { $because } { $answering ->
    [none] Nobody can be answered in this alphabet until that is mended.
   *[other] { $answering } answers in its place.
} On the server, “npx inkloop doctor” says what to do; /rollback goes back for good.
announce-taught = You taught me this: I read it as { $before } before; now I read { $after }.
# page
page-title = Inkloop – reads handwriting, learns from you
page-description = Draw a character or send a photo: Inkloop reads it and learns from your answer.
page-scripts = This page needs JavaScript.
page-conversation = Conversation
page-hello = Write one character, or send a photo of a character, a word or a page. Then tell me whether I read it right.
page-draw = Drawing area
page-draw-hint = Draw one character here
page-draw-help = Draw with finger, mouse or pen. Without one of these, choose a picture or paste one.
page-draw-undo = Undo stroke
page-draw-clear = Clear
page-draw-send = Read this
page-upload = Choose a picture
page-camera = Take a photo
page-text = Message
page-text-hint = A character, or /help
page-text-send = Send
page-commands = Figures, help and more
page-drop = Drop pictures here
page-close = Close
page-token = The owner’s token (ADMIN_TOKEN)
page-token-help = It stands behind ADMIN_TOKEN= in the .env file of the server.
page-link = The log-in link
page-link-help = Each start of Inkloop prints one: look in its terminal or its output for “To be its operator, open this link”. Open it, or paste it here.
page-token-send = Log in
page-sending = Sending…
page-waiting = Waiting for the connection…
page-not-sent = Not sent
page-retry = Try again
page-offline = No connection. Trying again…
page-online = Connected again
page-drawing = Your drawing
page-photo = Your picture
page-enlarge = Enlarge: { $picture }
page-too-large = { $name } is too large: 20 MB at most.
page-you = You
page-reply = Inkloop
page-log-in = Operator log-in
page-log-out = Log out
page-logged-in = You may use the operator’s commands now.
page-logged-out = Logged out.
page-gone = The picture is no longer kept.
page-new = Start anew
page-examples = Nothing at hand? Tap one of these:
page-example = Example { $number }
page-skip = To the text field
page-tools = Drawing and pictures
page-draw-again = Draw
page-picture = Picture
page-camera-word = Camera
page-samples = My samples
page-samples-hint = Tap one to correct it or to take it back.
page-samples-more = Older ones
page-rejected = not a character
page-help = Help
page-figures = Figures
page-more = More…
page-operators = For operators
page-alphabet = Alphabet
page-alphabets = What shall I read?
page-phone = Open on a phone
page-phone-how = Point the camera of a phone in the same network at this code.
page-phone-code = QR code with the address of this page
page-install = Install as an app
page-new-what = empties this conversation; what you taught stays
page-anew-done = The conversation is empty. What you taught me stays.
page-cut = Turn or cut the picture
page-cut-turn = Turn
page-cut-left-top = Left top corner: arrow keys move it
page-cut-right-top = Right top corner: arrow keys move it
page-cut-left-bottom = Left bottom corner: arrow keys move it
page-cut-right-bottom = Right bottom corner: arrow keys move it
page-problem = Something went wrong. Please try again.
problem-malformed = The request is malformed: see /api/v1/openapi.json for what it should look like.
problem-wrong-token = That is not the owner’s token.
problem-old-link = This link lets nobody in any more: each start of Inkloop prints a fresh one. Open the newest; where ADMIN_TOKEN is set, log in with that.
problem-forged = Telegram did not vouch for you here: open the page from the chat with the bot once more. Until then I do not know you.
problem-expired = This page was opened too long ago: close it and open it from the chat with the bot once more. Until then I do not know you.
problem-no-visitor = This page needs its cookie to know you again. Please allow it and reload.
problem-foreign-origin = Requests from other sites’ pages are not accepted.
problem-no-token = There is no ADMIN_TOKEN here. Open the link that Inkloop printed when it started, or set ADMIN_TOKEN and start again.
problem-not-found = There is nothing at this address.
problem-method-not-allowed = This address does not take that method: see the Allow header.
problem-unsupported-type = This kind of content is not taken here: send a picture (image/jpeg, image/png, image/webp), a form with a field image, or JSON where it is asked for.
problem-several-characters = There are several characters in the picture, so one answer is ambiguous: send all of them as `labels`, in reading order, or answer each by itself.
problem-too-slow = The picture came too slowly, so I stopped waiting for it. Please send it again over a better connection, or send a smaller one.
problem-too-many-visitors = Too many new visitors from your address. Please try again in { $minutes } min.
problem-too-many-attempts = That is not the owner’s token, and neither were many others from your network. Look it up in the .env file of the server: the right one is taken at any time.
# getting the photo
photo-not-fetched = I could not get the picture. Please send it again.
file-not-sent = I could not send the file here: perhaps this chat does not allow files. The owner can export it on the command line.
# Discord
discord-read = Read photos of handwritten characters
discord-read-image = A photo of handwritten characters
discord-read-label = Which character it is, if you want to tell me at once
discord-read-menu = Read handwriting
discord-label = Say which character your last photo shows
discord-label-label = The character
discord-other = Which one is it?
discord-other-field = Write it here
discord-other-help = Leave it empty to choose from the list.
discord-label-nothing = I do not know which photo you mean. Reply to my question, or send the photo again.
discord-no-picture = I see no picture here. Mention me in a message with a photo, use /read, or open a message's menu → Apps.
discord-reply-unseen = Discord hides your reply from me: please reply once more, with the mention (@) switched on.
discord-may-not-write = I may not write in that channel. Ask an admin of the server, or send me the photo here.
discord-file-too-large = The file is too large for Discord; the owner can export it on the command line.
telegram-description = I read photos of handwritten characters, words and pages, and learn from your answers. Send me a photo; then tell me with one tap whether I was right.
telegram-page = Open the page
telegram-about = Reads handwriting and learns from your answers.
telegram-guest-soon = One moment: I am reading it.
telegram-guest-offer = In any other chat: answer a photo and mention { $bot }, and I say what I read.
telegram-guest-how = Answer a photo of handwriting with my name, or send a photo with my name under it: I say what I read. Everything else is in a chat with me alone.
telegram-file-too-large = The file is too large for Telegram (50 MB); the owner can export it on the command line.
# the proof card
card-title = { $alphabet }, run { $run }
card-promoted = The new model answers now
card-kept = The old model stays
card-kept-none = There is still no model
card-champion = Old model
card-challenger = New model
card-right = { $right } of { $tested } right
card-wins = Only the new one reads right: { $count }
card-losses = Only the old one reads right: { $count }
card-duel = On people’s photos: { $stands }
condition-proof = Better by more than chance
condition-proof-figures = { $wins ->
    [one] { $wins } win
   *[other] { $wins } wins
  }, { $losses ->
    [one] { $losses } loss
   *[other] { $losses } losses
  }{ $needed ->
    [0] {""}
   *[other] ; at least { $needed } wins are needed
  } (by chance: { $chance })
condition-labels = No character is read worse
condition-labels-figures = { $label } did worst: { $wins ->
    [one] { $wins } win
   *[other] { $wins } wins
  }, { $losses ->
    [one] { $losses } loss
   *[other] { $losses } losses
  }
condition-labels-none = none lost more than it won
condition-base = Nothing was forgotten
condition-base-figures = Of { $tested } built-in examples { $before } right before, { $after } now
condition-glyphs = Enough photos to compare
condition-glyphs-figures = { $tested } of people’s; at least { $needed } are needed
condition-people = Not by one person alone
condition-people-figures = { $won } of { $taught } people brought wins
wanting-title = What would decide it
wanting-answers = If it goes on like this, about { $count } more answers. Photos of these say most: { $labels }.
wanting-level = So far neither is ahead. The two differ on these: { $labels }.
wanting-glyphs = { $count ->
    [one] One more answer
   *[other] { $count } more answers
  } at least, best of these, which I know least: { $labels }.
wanting-people = { $count ->
    [one] Answers of one more person
   *[other] Answers of { $count } more people
  }, best to photos of these: { $labels }.
wanting-label = More answers to photos of { $labels }; then train again.
wanting-alike = So far the two read everything alike. Photos that are read wrong, and corrected, teach most.
# in an alphabet of pictures
answer-lost-of-picture = I cannot tell what this shows. I look for { $alphabet } here; /alphabet changes that. What is it?
answer-no-model-of-picture = I have not learnt { $alphabet } yet. What does this picture show? Your answer is my first lesson.
answer-from-hand-of-picture = I went by the pictures that you showed me before.
answer-other-of-picture = What does it show? You can also reply with its name.
picture-glyph-of-picture = The picture as I saw it
button-reject-of-picture = none of these
saved-reject-of-picture = Thank you! Noted: none of these.
start-of-picture = Hello! Here I tell from photos what they show ({ $alphabet }), and learn from your answers. Send me a photo; then tell me with one tap whether I was right. /help says more.
help-of-picture = Send a photo of one thing. I answer with what it may be; ✓ says that it is right, ✗ shows what else it may be, "other…" shows all names, and you can also reply with the name itself. Every answer teaches me; a new model answers only when it is proven better. Here I look for { $alphabet }; /alphabet changes that.
me-picture-of-picture = What you taught me, name by name.
