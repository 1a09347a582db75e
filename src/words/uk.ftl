# відповідь на фото
answer-sure = Я прочитав { $label } (упевнений на { $percent } %) – правильно?
answer-unsure = Це { $first } чи { $second }? ({ $firstPercent } % чи { $secondPercent } %)
answer-unsure-one = Це { $first }? ({ $percent } %)
answer-unsure-three = Це { $first }, { $second } чи { $third }?
answer-case = Я прочитав літеру { $letter } – упевнений на { $percent } %. Це { $first } чи { $second }? ({ $firstPercent } % чи { $secondPercent } %)
answer-lost = Не можу розібрати, що це ({ WITHIN($alphabet) }). Який це символ?
answer-no-model = Цього я ще не навчився читати: { WITHIN($alphabet) }. Який це символ? Ваша відповідь – мій перший урок.
answer-from-hand = Тут я зважив на ваш почерк.
answer-other = Який це символ? Можна й написати його у відповідь.
picture-glance = Ваше фото, зменшене; позначено те, на що я дивився
picture-glyph = Символ, яким я його побачив
button-other = інший…
button-reject = не символ
button-wrong-name = ні, щось інше
button-undo = забрати назад
button-back = ‹ назад
button-label-name = це { $name }
button-row-name = один із { $labels }
saved-confirm = Дякую! Збережено: { $label }.
saved-correct = Дякую, що виправили! Збережено: { $label }.
saved-reject = Дякую! Записав: це не символ.
already-saved = Уже збережено: { $label }. Щоб змінити, спершу заберіть назад.
already-rejected = Уже записано: не символ. Щоб змінити, спершу заберіть назад.
undone = Забрано назад.
undone-label = Забрано назад: { $label }.
which-photo = На відповідь чекають кілька фото. На котрому { $label }? Торкніться номера або відповідайте на саме фото.
which-photo-tap = На відповідь чекають кілька фото. На котрому { $label }? Торкніться номера.
which-reply = На відповідь чекають кілька фото. Відповідайте, будь ласка, на те, яке маєте на увазі.
which-reply-tap = На відповідь чекають кілька фото. Скористайтеся кнопками під тим, яке маєте на увазі.
nothing-to-undo = Забирати назад нічого.
not-yours = Відповісти може лише той, хто надіслав фото або попросив його прочитати.
unknown-prediction = Цього знімка в мене вже немає. Надішліть його, будь ласка, ще раз.
unknown-button = Я вже не знаю цієї кнопки. Надішліть, будь ласка, фото ще раз.
unknown-label = { $label } сюди не належить (тут: { WITHIN($alphabet) }). Оберіть щось інше; /alphabet змінює, що я читаю.
alphabet-for-label = { $label } – це назва абетки, а не символ. Щоб читати нею, спершу надішліть /alphabet { $id }.
too-many-verdicts = Дякую, для однієї години це багато! Продовжіть, будь ласка, через { $minutes } хв.
blocked = Я читаю ваші фото, але ваші відповіді мене більше не вчать: так вирішив оператор цього бота. Якщо це помилка, зверніться до власника.
busy = Зайнятий, хвилинку: надішліть ще раз через { $seconds } с.
example-read = Я прочитав { $label } (упевнений на { $percent } %). Це лише приклад, він мене нічого не вчить. Тепер напишіть самі!
text-hint = Надішліть мені фото написаного від руки: один символ, слово чи сторінку. Більше – /help.
disk-nearly-full = Диск, на якому я все зберігаю, майже заповнений, тож нових знімків я не приймаю, доки власник не звільнить місце. Ваші відповіді й далі зберігаються.
pictures-full = Я зберіг стільки фото, скільки дозволив власник, тож нових такого виду не прийматиму, доки місця не стане більше. Ваші відповіді й далі зберігаються.
error-storage = Не вдалося зберегти: проблема з диском або базою. Нічого не збережено наполовину; спробуйте пізніше.
error-model = Моя модель зараз не завантажується, тому читати не можу. Власник бачить причину; спробуйте пізніше.
error-unexpected = У мене щось пішло не так. Збережене не втрачено; спробуйте ще раз.
# фото з кількома символами
several-read = Я прочитав символів: { $count }
several-done = Дякую! Збережено всі символи ({ $count }):
several-doubtful = У дужках — не впевнений ({ $doubtful }).
several-answered = Є відповідь: { $answered } з { $count }.
several-how = Усе правильно? Натисніть ✓. Щоб виправити символ, натисніть його номер або надішліть у відповідь увесь рядок.
several-main = Поруч є ще написане (усього символів: { $count }).
several-too-many = Символів більше, ніж я читаю за раз; ось перші { $count }. Решту надішліть, будь ласка, іншим фото.
stack-page = Сторінка { $place } з { $count } у PDF.
stack-missed = { $count ->
    [one] { $count } сторінка PDF – не аркуш для вправ, який я можу прочитати: { $places }. Надішліть її, будь ласка, ще раз як фото.
    [few] { $count } сторінки PDF – не аркуші для вправ, які я можу прочитати: { $places }. Надішліть їх, будь ласка, ще раз як фото.
   *[other] { $count } сторінок PDF – не аркуші для вправ, які я можу прочитати: { $places }. Надішліть їх, будь ласка, ще раз як фото.
  }
stack-cut-short = На решту PDF забракло місця, починаючи зі сторінки { $place }. Надішліть ці сторінки ще раз за хвилину.
album-unread = { $count ->
    [one] { $count } зображення не вдалося прочитати.
    [few] { $count } зображення не вдалося прочитати.
   *[other] { $count } зображень не вдалося прочитати.
  }
several-saved = Збережено відповідей: { $saved }.
several-none-saved = Нового для збереження немає.
several-undone = Забрано назад відповідей: { $count }.
several-which = На цьому фото кілька символів. Який саме? Натисніть його номер або надішліть у відповідь увесь рядок.
picture-reading = { $count ->
    [1] Символ із номером
   *[other] Символи з номерами ({ $count })
 }
button-all-right = усе правильно ({ $count })
button-the-rest = решта правильна ({ $count })
button-undo-all = забрати все назад
button-whole = ‹ усі { $count }
button-glyph-name = номер { $number }: { $label }
# чому фото не годиться
hint-cut-off = Схоже, символ обрізано краєм фото: залиште навколо трохи паперу.
hint-tiny = На фото символ зовсім малий: підійдіть ближче.
hint-dark = Там доволі темно: потрібно більше світла.
hint-screen = Схоже на фото екрана: знімок екрана або фото паперу я читаю краще.
unreadable-empty-file = Файл порожній. Надішліть його ще раз.
unreadable-not-an-image = Це не зображення, яке я можу відкрити. Надішліть фото (JPEG, PNG або WebP).
unreadable-unsupported-format = Такі файли я не відкриваю. Надішліть JPEG, PNG або WebP.
unreadable-animated = Це зображення рухається. Надішліть нерухоме.
unreadable-damaged = Зображення пошкоджене або неповне. Надішліть його ще раз.
unreadable-file-too-large = Файл завеликий: щонайбільше 20 МБ. Надішліть менший.
unreadable-too-many-pixels = У зображенні забагато пікселів, я його не відкрию. Звичайне фото (JPEG) може мати 64 мегапікселі, прогресивне чи черезрядкове – 12, AVIF – 3. Надішліть його як звичайне фото або меншим.
unreadable-too-costly = Щоб відкрити це зображення, треба забагато часу або пам’яті. Надішліть його як звичайне фото (JPEG) або меншим.
unreadable-too-small = Зображення замале, щоб прочитати. Підійдіть ближче.
unreadable-blank = Я нічого тут не бачу. Напишіть один символ, великий і темний, і спробуйте ще раз.
unreadable-too-faint = Напис для мене заблідий. Допоможе темніша ручка або більше світла.
unreadable-all-ink = Усе темне: символу не видно. Залиште навколо трохи паперу.
unreadable-too-blurred = Фото надто розмите. Тримайте рівно і спробуйте ще раз.
unreadable-too-dark = Надто темно: жодного напису не видно. Потрібно більше світла.
unreadable-print = Схоже, це друкований текст, а не рукопис. Якщо це написано від руки, залиште між символами проміжки й сфотографуйте ближче.
unreadable-scene = Бачу зображення, але рукописного тексту розібрати не можу. Напишіть велико й темно, сфотографуйте ближче і спробуйте ще раз.
unreadable-hardly-read = Тут я майже нічого не можу розібрати. Якщо це напис, пишіть символи окремо, сфотографуйте ближче й надсилайте менше за раз. Якщо додати до фото підпис із тим, що там написано, я зможу на ньому навчитися.
unreadable-screen = Схоже на фото екрана: його цятки ховають написане. Надішліть, будь ласка, знімок екрана або фото паперу.
unreadable-several-characters = Я бачу кілька символів. Надсилайте, будь ласка, по одному.
unreadable-sheet-empty = Бачу аркуш для вправ, але в клітинках нічого не написано.
unreadable-sheet-half = Частини аркуша для вправ не видно. Сфотографуйте його так, щоб було видно всі чотири кільця в кутах.
unreadable-sheet-old = Це аркуш для вправ іншої версії, тож я не знаю, що де стоїть. Надрукуйте новий: /sheet
unreadable-sheet-code = Я бачу аркуш для вправ, але не можу прочитати його код. Сфотографуйте ближче, за кращого світла, і не закривайте обох кодів.
unreadable-pdf-locked = Цей PDF захищено паролем. Надішліть його, будь ласка, без пароля.
unreadable-pdf-too-long = У цьому PDF понад 50 сторінок. Надішліть заповнені аркуші, будь ласка, меншими стосами.
unreadable-pdf-no-sheets = У цьому PDF немає заповнених аркушів для вправ. Застосунок-сканер кладе на кожну сторінку одне фото аркуша; усе інше надсилайте, будь ласка, як фото. /sheet дасть аркуш для друку.
# команди
command-start = Привітатися
command-help = Як це працює
command-read = Прочитати фото, на яке відповідаєте
command-alphabet = Вибрати абетку для цього чату
command-sheet = Аркуш для вправ, щоб надрукувати й заповнити
command-me = Чого ви мене навчили
command-undo = Забрати назад останню відповідь
command-privacy = Що я зберігаю, а що ні
command-forget = Видалити все, чого ви мене навчили
command-language = Вибрати мову
command-settings = Хто може відповідати і про що сповіщати
command-stats = Статистика й графіки
command-retrain = Навчити кращу модель зараз
command-models = Які є версії
command-rollback = Повернути попередню версію
command-cancel = Зупинити навчання
command-export = Завантажити зразки
command-admins = Хто має ці права
command-contributors = Хто мене вчить і наскільки добре
command-block = Не вчитися більше в когось
command-unblock = Знову вчитися в когось
command-withdraw = Вилучити все, чого хтось навчив
command-log = Що робили оператори
command-argument-alphabet = абетка
command-argument-alphabet-description = Інша абетка, ніж у цьому чаті
command-argument-text = текст
command-argument-text-description = Що написано після команди
command-argument-contributor = учасник
command-argument-contributor-description = Ключ на зразок c12, як його показує /contributors
command-argument-page = сторінка
command-argument-page-description = Яка сторінка: 1 – перша
command-argument-sheet = символи
command-argument-sheet-description = Рядок (його перший символ), окремі символи або «усе»; нічого – ті, що я знаю найгірше
start = Вітаю! Я читаю рукописні символи й учуся з ваших відповідей. Надішліть фото символу, слова чи сторінки й одним дотиком скажіть, чи я прочитав правильно. Зараз я читаю: { WITHIN($alphabet) }. Більше – /help.
help = Надішліть фото одного рукописного символу або кількох. Я відповім, що прочитав; ✓ – правильно, ✗ показує, що це ще може бути, «інший…» показує всі символи, а ще можна написати сам символ у відповідь. Якщо символів кілька, кожен має номер; ✓ приймає всі, або надішліть у відповідь увесь рядок. /sheet дасть аркуш для вправ. Кожна відповідь мене вчить; нова модель відповідає, лише коли доведено, що вона краща. Зараз я читаю: { WITHIN($alphabet) }.
help-command = /{ $name } – { $description }
alphabet-question = Що читати в цьому чаті? Зараз: { WITHIN($alphabet) }.
alphabet-chosen = Відтепер я читаю тут: { WITHIN($alphabet) }.
chat-reads = Цей чат читає: { WITHIN($alphabet) }; змінити це – /alphabet.
alphabet-unknown = Такої абетки я не знаю: { $alphabet }. Знаю: { $known }.
language-name = Українська
language-question = Якою мовою говорити?
language-chosen = Говоритиму українською.
language-unknown = Я не говорю мовою { $language }. Говорю: { $known }.
settings-question = Хто може відповідати на мої запитання в цьому чаті? І чи повідомляти сюди, коли з’явиться краща модель?
settings-group-only = У приватному чаті відповідаєте лише ви. Повідомляти вам, коли з’явиться краща модель?
settings-not-admin = Це може змінити лише адміністратор цього чату.
settings-saved = Збережено.
silenced = Більше не розповідатиму, чого ви мене навчили. Змінити це можна в /settings.
answering-asker = хто надіслав фото або попросив його прочитати
answering-anyone = будь-хто
answering-admins = адміністратори чату
announce-on = сповіщати
announce-off = не сповіщати
only-both = літери та цифри
only-letters = лише літери
only-digits = лише цифри
hand-on = зважати на мій почерк
hand-off = читати мене, як усіх
silence-on = не казати, чого я навчив
silence-off = казати, чого я навчив
me-hand = Завдяки вашому почерку правильно прочитано ще { $right }{ $wrong ->
    [0] {""}
   *[other] {" "}, неправильно — { $wrong }
  }.
me-picture = Чого ви мене навчили, символ за символом.
me-curves = { $alphabet }: правильно, за вашими відповідями
me-with = з вашим почерком
me-without = без нього
me-nothing = Ви ще нічого мене не навчили. Надішліть фото й відповідайте дотиком.
me-alphabet = { $alphabet }: ви навчили мене на { $samples } { $samples ->
    [one] зразку
   *[other] зразках
  }.{ $answered ->
    [0] {""}
   *[other] {" "}За вашими відповідями, я прочитав правильно { $right } з { $answered }.
  }
privacy = Я зберігаю: вирізаний символ із кожного фото (маленький квадрат пікселів; в абетці зі знімків – маленьку копію фото, щонайбільше 224 пікселі, без місця, часу й камери), доки на нього чекає запитання, а з вашою відповіддю – коли ви погодилися вчити мене; і мову, якою з вами говорити. Більше від фото не зберігаю нічого, як і імені чи номера: лише код, зроблений із нього ключем цього сервера: без цього ключа його не розкрити. Куди відповідати, зберігається разом із прочитаним і видаляється з ним. /forget видаляє все, чого ви мене навчили; модель, яка вже на цьому вчилася, залишається. Лише те, що оператор когось заблокував, залишається й тоді, і тільки за цим кодом.
consent-ask = Навчити мене? Я збережу вирізаний символ (в абетці зі знімків – маленьку копію фото) і вашу відповідь, без імені, й учитимуся на них для всіх; забрати назад: /privacy.
consent-agree = Погоджуюся
consent-agree-and-save = Погодитися і зберегти
consent-not-now = Не зараз
consent-none-kept = Нічого не збережено.
consent-not-yours = Погодитися може лише той, хто відповів.
consent-line-again = Дякую. Тим часом мене перезапустили, і вашого рядка в мене вже немає: напишіть його, будь ласка, ще раз.
consent-withdraw = Забрати назад і забути мене
not-agreed = Не збережено: це написав хтось інший. Мене це навчить, лише якщо ця людина погодиться сама, натиснувши тут.
only-read = Це я лише прочитав: хто це написав, знати не можу, тож нічого з цього не зберігаю.
privacy-agreed = Ви погодилися вчити мене { $date }.
privacy-not-agreed = Ви не погоджувалися вчити мене: я читаю ваші фото й нічого з ваших відповідей не зберігаю.
privacy-kept-before = Те, чого ви навчили мене раніше, до мого запитання, ще тут; ви можете це видалити.
privacy-operator = Ви оператор: ваші власні знімки навчають мене без запитання.
privacy-now-agreed = Дякую. Відтепер ваші відповіді мене навчають. Забрати назад: /privacy.
forget-question = Видалити все, чого ви мене навчили (зразків: { $samples }), ваші зображення й налаштування? Це не можна скасувати.
forget-yes = Так, видалити все
forget-no = Ні, залишити
forgotten = Готово. Я вас забув: видалено зразків – { $samples }, прочитаних символів – { $predictions }.
forget-kept = Нічого не видалено.
operators-only = Це дозволено лише операторам цього бота.
operator-hint = Щоб стати оператором, попросіть власника додати { $who } до ADMINS.
# аркуші для вправ
sheet-all = усе
sheet-title = { $alphabet } – аркуш для вправ
sheet-how =
    Пишіть кожен символ у клітинці під ним, темною ручкою.
    Що не вдалося, закресліть від кута до кута.
    Потім надішліть мені фото всієї сторінки з чотирма кільцями в кутах.
sheet-read = Аркуш для вправ, сторінка { $page } із { $pages }: заповнено клітинок { $filled }, порожніх { $empty }, закреслених { $crossed }{ $hidden ->
    [0] .
   *[other] , закритих { $hidden }.
  } У дужках — те, чого я без вас не збережу.
sheet-page = Сторінка { $page } з { $pages }
sheet-sent = { $alphabet }: аркуш для вправ, сторінок – { $pages }. Надрукуйте, напишіть у клітинках і надішліть мені фото кожної сторінки.
# оператори
stats-line = { $alphabet }: зразків – { $samples } (для навчання { $train }, для перевірки { $test }), людей – { $contributors }.
stats-champion = Зараз відповідає: { $version }.
stats-no-champion = Моделі ще немає.
stats-confirm = Вона мала рацію в { $right } із { $answered } відповідей{ $percent ->
    [-1] .
   *[other] {" "}({ $percent } %).
  }
stats-rejected = Не символ: { $rejected }.
stats-elsewhere = Мене вчили також:
stats-fewest = Найменше зразків: { $labels }.
stats-row-samples = Зразків
stats-row-split = Для навчання / для перевірки
stats-row-people = Людей
stats-row-answering = Зараз відповідає
stats-row-right = Правильно, за відповідями людей
stats-row-fewest = Найменше зразків
stats-row-rejected = Не символ
stats-picture = Статистика: { WITHIN($alphabet) }
chart-accuracy = Прочитано правильно, за версіями
chart-labels = Зразків кожного символу
chart-days = Зразків на день
chart-confusion = Що плутає { $version } (зразків: { $tested })
chart-proof = Картка доказу: { $version }
line-tested = на перевірці
line-people = за відповідями людей
axis-version = версія
axis-right = прочитано правильно
axis-samples = зразків
axis-character = символ
axis-day = день
axis-answers = відповідей
axis-newest = відповідей, рахуючи від найновішої
axis-truth = що було
axis-read = що прочитано
axis-cut = вісь починається з { $from } %
retrain-busy = Навчання вже триває ({ WITHIN($alphabet) }, навчання { $run }).
retrain-refused-no-samples = Ще немає на чому вчитися ({ WITHIN($alphabet) }): зразків немає. Спершу надішліть мені фото й дайте відповіді.
retrain-elsewhere = Для цих абеток зразки є. Запустити навчання?
retrain-queued = { $alphabet }, навчання { $run }: чекаю на чергу.
    { $bar } { $percent } %
retrain-progress = { $alphabet }, навчання { $run }: { $stage ->
    [preparing] готуюся
    [comparing] порівнюю з моделлю, що відповідає зараз
   *[learning] вчуся
  }.
    { $bar } { $percent } %{ $minutes ->
    [-1] {""}
    [0] , лишилося менше хвилини
    [one] , лишилася приблизно { $minutes } хвилина
    [few] , лишилося приблизно { $minutes } хвилини
   *[other] , лишилося приблизно { $minutes } хвилин
  }
retrain-below = Навчання { $run }: далі – в повідомленні нижче.
retrain-promoted = Навчання { $run }: доведено, що { $version } краща, тепер відповідає вона.
retrain-kept = Навчання { $run }: лишається стара модель.
retrain-kept-none = Навчання { $run }: моделі поки немає.
retrain-failed = Навчання { $run } не вдалося: { $because }
retrain-cancelled = Навчання { $run } скасовано.
gate-better = З фото людей лише нова правильно читає { $wins }, лише стара – { $losses }: це вже не випадковість.
gate-too-few-glyphs = Замало фото людей для порівняння: { $tested } з { $needed } потрібних. Дайте відповіді ще на кілька фото й навчіть знову.
gate-not-enough-evidence = { $wins ->
    [0] Жодного виграшу
    [one] { $wins } виграш
    [few] { $wins } виграші
   *[other] { $wins } виграшів
  } і { $losses ->
    [0] жодного програшу
    [one] { $losses } програш
    [few] { $losses } програші
   *[other] { $losses } програшів
  } – ще не доказ{ $needed ->
    [0] .
   *[other] ; виграшів треба щонайменше { $needed }.
  }
gate-label-fell = { $label } читається гірше, ніж раніше.
gate-too-few-people = Краще лише за відповідями надто малої кількості людей: виграшів – { $wins }, програшів – { $losses }, але не без однієї з них. Потрібні відповіді більшої кількості людей або оператора.
gate-withdrawn = Оператор вилучив зразки, на яких вона вчилася. Запустіть навчання знову.
gate-base-fell = Вона забула те, що знала: на вбудованих прикладах гірше на { $points } %.
gate-overtaken = Поки ця версія навчалася, відповідати стала інша.
cancel-done = Навчання { $run } зупиняється.
cancel-none = Навчання не триває.
cancel-run = навчання { $run } ({ WITHIN($alphabet) })
cancel-elsewhere = { $count ->
    [one] Тут нічого не триває ({ WITHIN($alphabet) }), зате триває { $runs }. Зупинити його?
   *[other] Тут нічого не триває ({ WITHIN($alphabet) }), зате тривають інші: { $runs }. Зупинити якесь із них?
  }
cancel-yes = Так, скасувати навчання { $run }
cancel-over = Навчання { $run } вже закінчилося.
models-none = Моделей ще немає.
models-no-backbone = Її зображення розглядає невелика мережа, яка вчиться бачити лише на них. Мережа, що вже знає фотографії, впізнає більше з меншої їх кількості: inkloop backbone add ФАЙЛ, а тоді inkloop alphabet see-with { $id } НАЗВА.
models-title = Моделі: { WITHIN($alphabet) }
models-origin = звідки
models-from = { $origin ->
    [seed] з поставки
    [fonts] зі шрифтів
   *[run] навчання { $run }
 }
models-line = { $champion ->
    [yes] ▶ { $version }
   *[no] { $version }
  } – { $accuracy }{ $origin ->
    [seed] , із поставки
    [fonts] , зі шрифтів
   *[run] , з навчання { $run }
  }
rollback-question = Повернутися з { $from } до { $to }?
rollback-yes = Так, повернутися
rollback-done = Знову відповідає { $to } (до того: { $from }).
rollback-none = Попередньої версії немає ({ WITHIN($alphabet) }).
rollback-refused = { $to } не завантажується, тому нічого не змінено: { $because }
rollback-overtaken = Тим часом відповідати стала інша версія; нічого не змінено.
export-done = { $alphabet }: зразків – { $samples }, зображення й таблиця.
export-none = Зразків ще немає ({ WITHIN($alphabet) }).
admins-list = Оператори: { $list }
admins-none = Операторів немає. Додайте telegram:ID або discord:ID до ADMINS і перезапустіть.
admins-added = { $who } тепер оператор.
admins-removed = { $who } більше не оператор.
admins-fixed = { $who } записано в ADMINS (або це не оператор): змініть там.
admins-usage = /admins add telegram:123 або /admins remove telegram:123
contributors-none = Мене ще ніхто нічого не навчив.
contributors-line = { $key } ({ $platform }, з { $since }{ $state ->
    [blocked] , заблоковано
    [trusted] , довірено
   *[other] {""}
  }): зразків – { $samples }, з них за 7 днів – { $recent }. Відповідей «правильно»: { $confirmed } з { $answered }. Теперішні моделі згодні з { $agreed } з { $looked } зразків.
contributors-title = Хто мене вчить
contributors-who = хто
contributors-right = «правильно»
contributors-agreed = згода моделей
contributors-state = { $state ->
    [blocked] заблоковано
   *[trusted] довірено
  }
contributors-next = Далі: /contributors { $page }
contributors-hint = /block c12 – більше не вчитися в когось, /withdraw c12 – вилучити все, чого хтось навчив.
contributor-usage = Допишіть учасника: /{ $command } c12. /contributors показує, хто є.
contributor-unknown = Учасника { $key } немає. /contributors показує, хто є.
block-done = { $key } більше мене не вчить. Те, чого { $key } навчив раніше, залишається: /withdraw { $key } вилучить його.
block-already = { $key } уже заблоковано.
unblock-done = { $key } знову може мене вчити.
unblock-already = { $key } не заблоковано.
withdraw-question = Вилучити все, чого мене навчив { $key } (зразків – { $samples })? Відтоді це не враховується ні в навчанні, ні в перевірці, і скасувати це не можна. Модель, яка саме вчиться на цьому, відповідати не стане.
withdraw-yes = Так, вилучити
withdraw-none = Від { $key } немає чого вилучати.
withdraw-done = Вилучено зразків { $key }: { $samples }.
withdraw-learnt = Зараз відповідає { $version }, і вона на них вчилася: /rollback поверне попередню, /retrain навчить нову.
log-none = Оператори ще нічого не робили.
log-next = Далі: /log { $page }
log-line = { $at } { $who }: { $what ->
    [block] заблоковано { $subject }
    [unblock] розблоковано { $subject }
    [withdraw] вилучено всі зразки { $subject }
    [admin-add] { $subject } тепер оператор
    [admin-remove] { $subject } більше не оператор
    [retrain] запит на навчання { $subject }
    [cancel] зупинено навчання { $subject }
    [promote] відповідає { $subject }
    [rollback] повернення до { $subject }
    [alphabet-new] створено абетку { $subject }
    [alphabet-grow] додано символи до абетки { $subject }
    [alphabet-relabel] змінено символи абетки { $subject }
    [alphabet-see] змінено, чим розглядаються зображення абетки { $subject }
    [alphabet-train] абетку { $subject } навчено зі шрифтів
    [alphabet-archive] абетку { $subject } заархівовано
    [alphabet-restore] абетку { $subject } відновлено
   *[other] абетку { $subject } видалено
  }
# двобої
duel-score = { $wins ->
    [one] { $wins } виграш
    [few] { $wins } виграші
   *[other] { $wins } виграшів
  }, { $losses ->
    [one] { $losses } програш
    [few] { $losses } програші
   *[other] { $losses } програшів
  }{ $people ->
    [1] , усе від однієї людини
   *[other] {""}
  }
duel-way = { $score }: пройдено { $way } шляху
duel-challenge = { $challenger } мовчки читає ваші фото поруч із { $champion } і замінить її, щойно доведе, що краща. { $stands }.
duel-watch = { $challenger } відповідала раніше й досі мовчки читає поруч із { $champion }; вона повернеться, якщо виявиться кращою. { $stands }.
duel-advise = { $challenger } відповідала, доки { $champion } не ввели вручну, і досі мовчки читає поруч із нею; якщо вона виявиться кращою, операторам про це скажуть. { $stands }.
duel-advised = На фото людей { $challenger } читала краще за { $champion }, яку ввели вручну: { $stands }. Нічого не змінено.
duel-won = На фото людей { $challenger } читала краще за { $champion }: { $stands }.
duel-back = На фото людей { $challenger }, що відповідала раніше, читала краще за { $champion }: { $stands }. Усе, чого ви навчили, лишається.
duel-lost = На фото людей { $challenger } читала гірше за { $champion }: { $stands }. Запустіть навчання знову, коли відповідей побільшає.
duel-confirmed = На фото людей { $champion } читає краще за { $challenger }, що відповідала раніше: { $stands }.
duel-stopped = { $challenger } більше не читає поруч із { $champion } ({ $stands }): { $because ->
    [replaced] з’явилася новіша модель, за яку свідчить більше.
    [damaged] її файл не вдається завантажити. Запустіть навчання знову.
    [withdrawn] оператор вилучив зразки, на яких вона вчилася. Запустіть навчання знову.
    [label-fell] один зі символів вона читає гірше, ніж раніше.
    [alike] навіть після тисяч відповідей вони надто схожі.
   *[overtaken] відповідає вже інша модель.
  }
duel-goes-on = Вона й далі мовчки читатиме ваші фото й замінить чинну, щойно ваші відповіді доведуть, що вона краща; /models покаже, скільки вже пройдено.
duel-taken-back = Частину відповідей, які це довели, відтоді забрано або забуто; рішення лишається.
# сповіщення
announce-promoted = { $alphabet }: тепер відповідає краща модель ({ $version }). { $because }
announce-rolled-back = { $alphabet }: повернуто { $version }.
operators-drift = { $alphabet }: на { $platform } люди рідше, ніж раніше, підтверджують { $version }: було { $before } %, останнім часом { $since } %. Щось змінилося: хто пише, як фотографують чи на що відповідають. /retrain навчить на цьому, /rollback поверне попередню модель.
operators-former-better = { $alphabet }: { $because } /rollback поверне попередню модель.
chart-drift = Підтверджено на { $platform }, по { $block } відповідей
operators-disk-nearly-full = Диск майже заповнений: лишилося { $free } МБ. Я не приймаю нових знімків, доки не буде місця; відповіді й далі зберігаються. "npx inkloop doctor" скаже, яка це тека.
model-broken = { $alphabet }: має відповідати модель { $version }, але її не вдається завантажити: { $because } { $answering ->
    [none] Доки це не виправлено, за цією абеткою не відповідає ніхто.
   *[other] Замість неї відповідає { $answering }.
} На сервері «npx inkloop doctor» підкаже, що робити; /rollback поверне попередню назовсім.
announce-taught = Цього навчили мене ви: раніше я читав { $before }, а тепер { $after }.
# page
page-title = Inkloop – читає рукописне і вчиться у вас
page-description = Намалюйте символ або надішліть фото: Inkloop прочитає його і навчиться з вашої відповіді.
page-scripts = Ця сторінка потребує JavaScript.
page-conversation = Розмова
page-hello = Напишіть один символ або надішліть фото символу, слова чи сторінки. А потім скажіть, чи правильно я прочитав.
page-draw = Поле для малювання
page-draw-hint = Намалюйте тут один символ
page-draw-help = Малюйте пальцем, мишею або пером. Якщо їх немає, виберіть зображення або вставте його.
page-draw-undo = Скасувати штрих
page-draw-clear = Стерти
page-draw-send = Прочитати
page-upload = Вибрати зображення
page-camera = Зробити фото
page-text = Повідомлення
page-text-hint = Символ або /help
page-text-send = Надіслати
page-commands = Статистика, довідка та інше
page-drop = Відпустіть зображення тут
page-close = Закрити
page-token = Токен власника (ADMIN_TOKEN)
page-token-help = Він записаний після ADMIN_TOKEN= у файлі .env на сервері.
page-link = Посилання для входу
page-link-help = Inkloop друкує його під час кожного запуску: знайдіть у терміналі або у виводі програми рядок «To be its operator, open this link». Відкрийте посилання або вставте його сюди.
page-token-send = Увійти
page-sending = Надсилаю…
page-waiting = Чекаю на зв’язок…
page-not-sent = Не надіслано
page-retry = Спробувати ще раз
page-offline = Немає зв’язку. Пробую знову…
page-online = Зв’язок відновлено
page-drawing = Ваш малюнок
page-photo = Ваше зображення
page-enlarge = Збільшити: { $picture }
page-too-large = { $name } завеликий: щонайбільше 20 МБ.
page-you = Ви
page-reply = Inkloop
page-log-in = Вхід для оператора
page-log-out = Вийти
page-logged-in = Тепер вам доступні команди оператора.
page-logged-out = Ви вийшли.
page-gone = Зображення вже не зберігається.
page-new = Почати заново
page-examples = Нічого немає під рукою? Торкніться одного з цих:
page-example = Приклад { $number }
page-skip = До текстового поля
page-tools = Малювання і зображення
page-draw-again = Малювати
page-picture = Фото
page-camera-word = Камера
page-samples = Мої зразки
page-samples-hint = Торкніться зразка, щоб виправити його або забрати назад.
page-samples-more = Давніші
page-rejected = не символ
page-help = Довідка
page-figures = Статистика
page-more = Ще…
page-operators = Для операторів
page-alphabet = Абетка
page-alphabets = Що мені читати?
page-phone = Відкрити на телефоні
page-phone-how = Наведіть на цей код камеру телефона, що в тій самій мережі.
page-phone-code = QR-код з адресою цієї сторінки
page-install = Установити як програму
page-new-what = розмова зникне, а навчене лишиться
page-anew-done = Розмова порожня. Те, чого ви мене навчили, лишилося.
page-cut = Повернути або обрізати
page-cut-turn = Повернути
page-cut-left-top = Лівий верхній кут: рухайте стрілками
page-cut-right-top = Правий верхній кут: рухайте стрілками
page-cut-left-bottom = Лівий нижній кут: рухайте стрілками
page-cut-right-bottom = Правий нижній кут: рухайте стрілками
page-problem = Щось пішло не так. Спробуйте ще раз.
problem-malformed = Запит неправильний: який він має бути, сказано в /api/v1/openapi.json.
problem-wrong-token = Це не токен власника.
problem-old-link = Це посилання вже не діє: під час кожного запуску Inkloop друкує нове. Відкрийте найновіше або, якщо задано ADMIN_TOKEN, увійдіть із ним.
problem-forged = Telegram не підтвердив, хто ви: відкрийте сторінку з чату з ботом ще раз. Доти я вас не впізнаю.
problem-expired = Цю сторінку відкрито надто давно: закрийте її й відкрийте з чату з ботом ще раз. Доти я вас не впізнаю.
problem-no-visitor = Щоб упізнати вас знову, сторінці потрібен її cookie-файл. Дозвольте його і перезавантажте сторінку.
problem-foreign-origin = Запити зі сторінок інших сайтів не приймаються.
problem-no-token = ADMIN_TOKEN не задано. Відкрийте посилання, яке Inkloop надрукував під час запуску, або задайте ADMIN_TOKEN і запустіть знову.
problem-not-found = За цією адресою нічого немає.
problem-method-not-allowed = Ця адреса не приймає такого методу: дивіться заголовок Allow.
problem-unsupported-type = Такий вміст тут не приймається: надішліть зображення (image/jpeg, image/png, image/webp), форму з полем image або JSON там, де його просять.
problem-several-characters = На зображенні кілька символів, тож незрозуміло, якого стосується відповідь: надішліть усі в полі labels у порядку читання або відповідайте на кожен окремо.
problem-too-slow = Знімок надходив надто повільно, тож я перестав чекати. Надішліть його ще раз через краще з’єднання або надішліть менший.
problem-too-many-visitors = Забагато нових відвідувачів з вашої адреси. Спробуйте ще раз через { $minutes } хв.
problem-too-many-attempts = Це не токен власника, як і багато інших із вашої мережі. Подивіться його у файлі .env на сервері: правильний приймається завжди.
# getting the photo
photo-not-fetched = Не вдалося отримати зображення. Надішліть його, будь ласка, ще раз.
file-not-sent = Не вдалося надіслати файл сюди: можливо, у цьому чаті файли заборонені. Власник може експортувати його з командного рядка.
# Discord
discord-read = Прочитати фото рукописних символів
discord-read-image = Фото рукописних символів
discord-read-label = Який це символ, якщо хочете сказати одразу
discord-read-menu = Прочитати рукопис
discord-label = Сказати, який символ на вашому останньому фото
discord-label-label = Символ
discord-other = Який це символ?
discord-other-field = Напишіть його тут
discord-other-help = Залиште порожнім, щоб вибрати зі списку.
discord-label-nothing = Я не знаю, про яке фото йдеться. Дайте відповідь на моє запитання або надішліть фото ще раз.
discord-no-picture = Я не бачу тут зображення. Згадайте мене в повідомленні з фото, скористайтеся /read або меню повідомлення → Програми.
discord-reply-unseen = Discord приховує від мене вашу відповідь: дайте її ще раз, з увімкненою згадкою (@).
discord-may-not-write = Мені не можна писати в тому каналі. Зверніться до адміністратора сервера або надішліть фото сюди.
discord-file-too-large = Файл завеликий для Discord; власник може експортувати його з командного рядка.
telegram-description = Я читаю фото рукописних символів, слів і сторінок і вчуся з ваших відповідей. Надішліть мені фото, а потім одним дотиком скажіть, чи я прочитав правильно.
telegram-page = Відкрити сторінку
telegram-about = Читає рукописне і вчиться з ваших відповідей.
telegram-guest-soon = Хвилинку, читаю.
telegram-guest-offer = У будь-якому іншому чаті: дайте відповідь на фото і згадайте { $bot } – я скажу, що прочитано.
telegram-guest-how = Дайте відповідь на фото з рукописним текстом, згадавши мене, або згадайте мене в підписі до фото: я скажу, що прочитано. Усе інше – у чаті зі мною наодинці.
telegram-file-too-large = Файл завеликий для Telegram (50 МБ); власник може експортувати його з командного рядка.
# картка доказу
card-title = { $alphabet }, навчання { $run }
card-promoted = Тепер відповідає нова модель
card-kept = Стара модель лишається
card-kept-none = Моделі ще немає
card-champion = Стара модель
card-challenger = Нова модель
card-right = { $right } з { $tested } правильно
card-wins = Правильно читає лише нова: { $count }
card-losses = Правильно читає лише стара: { $count }
card-duel = На фото людей: { $stands }
condition-proof = Краща не випадково
condition-proof-figures = { $wins ->
    [one] { $wins } виграш
    [few] { $wins } виграші
   *[other] { $wins } виграшів
  }, { $losses ->
    [one] { $losses } програш
    [few] { $losses } програші
   *[other] { $losses } програшів
  }{ $needed ->
    [0] {""}
   *[other] ; виграшів треба щонайменше { $needed }
  } (випадково: { $chance })
condition-labels = Жоден символ не читається гірше
condition-labels-figures = Найгірше з { $label }: { $wins ->
    [one] { $wins } виграш
    [few] { $wins } виграші
   *[other] { $wins } виграшів
  }, { $losses ->
    [one] { $losses } програш
    [few] { $losses } програші
   *[other] { $losses } програшів
  }
condition-labels-none = у жодного програшів не більше, ніж виграшів
condition-base = Нічого не забуто
condition-base-figures = Із { $tested } вбудованих прикладів правильно було { $before }, стало { $after }
condition-glyphs = Досить фото для порівняння
condition-glyphs-figures = фото людей: { $tested }; треба щонайменше { $needed }
condition-people = Не лише від однієї людини
condition-people-figures = Виграші є від { $won } з { $taught } людей
wanting-title = Що це вирішить
wanting-answers = Якщо так піде й далі – ще близько { $count } відповідей. Найбільше скажуть фото цих символів: { $labels }.
wanting-level = Поки що жодна не попереду. Вони читають по-різному: { $labels }.
wanting-glyphs = Ще відповідей щонайменше { $count }, найкраще на ці символи, що я знаю найменше: { $labels }.
wanting-people = Відповіді ще { $count ->
    [one] однієї людини
   *[other] { $count } людей
  }, найкраще на фото цих символів: { $labels }.
wanting-label = Більше відповідей на фото з { $labels }, потім навчіть знову.
wanting-alike = Поки що обидві читають усе однаково. Найбільше вчать фото, які прочитано неправильно й виправлено.
# в абетці зі знімків
answer-lost-of-picture = Не можу розібрати, що тут. У цьому чаті я шукаю { $alphabet }; змінити це можна через /alphabet. Що це?
answer-no-model-of-picture = Я ще не вивчив { $alphabet }. Що на цьому знімку? Ваша відповідь – мій перший урок.
answer-from-hand-of-picture = Тут я зважив на знімки, які ви показували раніше.
answer-other-of-picture = Що на знімку? Можна й відповісти назвою.
picture-glyph-of-picture = Знімок, яким я його побачив
button-reject-of-picture = нічого з цього
saved-reject-of-picture = Дякую! Записав: нічого з цього.
start-of-picture = Вітаю! Тут я розпізнаю, що на фото ({ $alphabet }), і вчуся з ваших відповідей. Надішліть мені фото, а тоді одним дотиком скажіть, чи я вгадав. Більше розповість /help.
help-of-picture = Надішліть фото, на якому щось одне. Я відповім, що це може бути: ✓ каже, що правильно, ✗ показує, що ще це може бути, «інший…» показує всі назви, а ще можна відповісти самою назвою. Кожна відповідь мене вчить; нова модель відповідає лише тоді, коли доведено, що вона краща. Тут я шукаю { $alphabet }; змінити це можна через /alphabet.
me-picture-of-picture = Чого ви мене навчили, назва за назвою.
