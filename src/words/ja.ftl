# 写真への返事
answer-sure = { $label } と読みましたが、合っていますか（確信度 { $percent } %）。
answer-unsure = { $first } ですか、{ $second } ですか。（{ $firstPercent } % と { $secondPercent } %）
answer-unsure-one = { $first } ですか。（{ $percent } %）
answer-unsure-three = { $first }、{ $second }、{ $third } のどれですか。
answer-case = { $letter } の文字と読みました（確信度 { $percent } %）。{ $first } ですか、{ $second } ですか。（{ $firstPercent } % と { $secondPercent } %）
answer-lost = 何の文字か読み取れません（{ $alphabet }）。どの文字ですか。
answer-no-model = { $alphabet } はまだ習っていません。どの文字ですか。あなたの答えが最初の授業になります。
answer-from-hand = あなたの字の癖から読みました。
answer-other = どの文字ですか。その文字を書いて送ってもかまいません。
picture-glance = 送られた写真の縮小版。見たところに印があります
picture-glyph = 私が見た文字
button-other = ほか…
button-reject = 文字ではない
button-wrong-name = いいえ、ほかの文字です
button-undo = 取り消す
button-back = ‹ 戻る
button-label-name = { $name } です
button-row-name = { $labels } のどれか
saved-confirm = ありがとうございます。{ $label } と記録しました。
saved-correct = 訂正ありがとうございます。{ $label } と記録しました。
saved-reject = ありがとうございます。文字ではないと記録しました。
already-saved = すでに { $label } と記録済みです。変えるには先に取り消してください。
already-rejected = すでに「文字ではない」と記録済みです。変えるには先に取り消してください。
undone = 取り消しました。
undone-label = 取り消しました：{ $label }
which-photo = 答えを待っている写真がいくつかあります。{ $label } はどれですか。番号を押すか、その写真に返信してください。
which-photo-tap = 答えを待っている写真がいくつかあります。{ $label } はどれですか。番号を押してください。
which-reply = 答えを待っている写真がいくつかあります。どの写真のことか、その写真に返信してください。
which-reply-tap = 答えを待っている写真がいくつかあります。どの写真のことか、その下のボタンで答えてください。
nothing-to-undo = 取り消すものがありません。
not-yours = 写真を送った人か、読むように頼んだ人だけが答えられます。
unknown-prediction = この写真はもう残っていません。もう一度送ってください。
unknown-button = このボタンはもう使えません。写真をもう一度送ってください。
unknown-label = { $label } は「{ $alphabet }」にありません。その中から答えてください。/alphabet で読む文字を変えられます。
alphabet-for-label = { $label } は文字ではなく、文字セットの名前です。それを読むには、まず /alphabet { $id } と送ってください。
too-many-verdicts = ありがとうございます。一時間分としては十分です。{ $minutes } 分後に続けてください。
blocked = 写真は読みますが、あなたの答えからは学ばなくなりました。このボットの運営者が決めたことです。間違いだと思われるときは、所有者にお尋ねください。
busy = 混み合っています。{ $seconds } 秒後にもう一度送ってください。
example-read = { $label } と読みました（確信度 { $percent } %）。これは例なので、学習には使いません。次は自分で書いてみてください。
text-hint = 手書きの文字を写真で送ってください。一文字でも、単語でも、一ページでもかまいません。くわしくは /help をどうぞ。
disk-nearly-full = 保存先のディスクがほぼいっぱいのため、所有者が空きを作るまで新しい写真を受け取れません。答えは引き続き保存されます。
pictures-full = 所有者が許可した量まで写真がたまったため、空きが増えるまでこの種類の新しい写真は受け取れません。答えは引き続き保存されます。
error-storage = 保存できませんでした。ディスクかデータベースに問題があります。中途半端には残っていません。あとでもう一度お試しください。
error-model = いまモデルを読み込めないため、読めません。所有者が原因を確認できます。あとでもう一度お試しください。
error-unexpected = こちらで問題が起きました。保存済みのものは失われていません。もう一度お試しください。
# 文字がいくつかある写真
several-read = { $count }文字を読みました：
several-done = ありがとうございます。{ $count }文字すべて保存しました：
several-doubtful = かっこの中は自信がありません（{ $doubtful }文字）。
several-answered = { $count }文字のうち{ $answered }文字は答え済みです。
several-how = 全部合っていれば ✓ を押してください。直すときは番号を押すか、正しい文字をすべて書いて送ってください。
several-main = 横にほかの文字もあります（全部で{ $count }文字）。
several-too-many = 一度に読める数より多くの文字があります。最初の{ $count }文字を読みました。残りは別の写真で送ってください。
stack-page = PDFの{ $count }ページ中{ $place }ページ目です。
stack-missed = PDFのうち{ $count }ページは、練習シートとして読めませんでした（{ $places }）。そのページを写真でもう一度送ってください。
stack-cut-short = PDFの{ $place }ページ目から先は、いま読む余裕がありません。一分ほどしてから、そのページをもう一度送ってください。
album-unread = { $count }枚は読めませんでした。
several-saved = { $saved }件の答えを保存しました。
several-none-saved = 新しく保存するものはありません。
several-undone = { $count }件の答えを取り消しました。
several-which = この写真には文字がいくつかあります。どの文字ですか。番号を押すか、全部の文字を書いて送ってください。
picture-reading = 番号を付けた{ $count }文字
button-all-right = 全部合っている（{ $count }）
button-the-rest = 残りは合っている（{ $count }）
button-undo-all = 全部取り消す
button-whole = ‹ 全{ $count }文字
button-glyph-name = { $number }番：{ $label }
# 読めない写真
hint-cut-off = 端で切れているようです。まわりに少し余白があると読みやすくなります。
hint-tiny = 写真の中でとても小さいです。近づいて撮ってください。
hint-dark = 少し暗いようです。明るいところで撮ると読みやすくなります。
hint-screen = 画面を撮った写真のようです。スクリーンショットか紙の写真なら、もっとよく読めます。
unreadable-empty-file = ファイルが空です。もう一度送ってください。
unreadable-not-an-image = 開ける画像ではありません。写真（JPEG、PNG、WebP）を送ってください。
unreadable-unsupported-format = この種類のファイルは開けません。JPEG、PNG、WebP で送ってください。
unreadable-animated = 動く画像です。静止画を送ってください。
unreadable-damaged = 画像が壊れているか途中で切れています。もう一度送ってください。
unreadable-file-too-large = ファイルが大きすぎます（20 MB まで）。小さくして送ってください。
unreadable-too-many-pixels = 画素数が多すぎて開けません。ふつうの写真（JPEG）は6400万画素、プログレッシブやインターレースは1200万画素、AVIFは300万画素までです。ふつうの写真として、または小さくして送ってください。
unreadable-too-costly = この画像を開くには時間かメモリーがかかりすぎます。ふつうの写真（JPEG）として、または小さくして送ってください。
unreadable-too-small = 画像が小さすぎて読めません。近づいて撮ってください。
unreadable-blank = 文字が見当たりません。一文字を大きく濃く書いて、もう一度お試しください。
unreadable-too-faint = 薄くて読めません。濃いペンか、明るい場所でお試しください。
unreadable-all-ink = 全体が暗く、文字が見えません。まわりに余白を残してください。
unreadable-too-blurred = ぼやけています。手を止めて撮り直してください。
unreadable-too-dark = 暗すぎて字が見えません。明るいところで撮ってください。
unreadable-print = 手書きではなく、印刷された字のように見えます。手書きの場合は、字と字の間をあけて、もっと近くから撮ってください。
unreadable-scene = 画像は見えますが、読める手書きの字が見つかりません。大きく濃く書いて、近づいて、もう一度お試しください。
unreadable-hardly-read = ほとんど読み取れません。手書きの字でしたら、一字ずつ離して書き、近づいて、少しずつ送ってください。書いてある内容をキャプションに付けて送っていただければ、それで学べます。
unreadable-screen = 画面を撮った写真のようです。画面の網目で字が見えません。スクリーンショットか、紙の写真を送ってください。
unreadable-several-characters = 文字がいくつかあるようです。一文字ずつ送ってください。
unreadable-sheet-empty = 練習シートですが、ます目に何も書かれていません。
unreadable-sheet-half = 練習シートの一部が写っていません。四隅の丸い印がすべて入るように撮ってください。
unreadable-sheet-old = この練習シートは別の版なので、どこに何があるか分かりません。新しく印刷してください：/sheet
unreadable-sheet-code = 練習シートのようですが、コードが読めません。明るい所で近づいて、二つのコードを隠さずに撮ってください。
unreadable-pdf-locked = このPDFにはパスワードがかかっています。パスワードなしで送ってください。
unreadable-pdf-too-long = このPDFは50ページを超えています。記入済みの練習シートを、もっと少ない枚数に分けて送ってください。
unreadable-pdf-no-sheets = このPDFには記入済みの練習シートが見つかりません。スキャナーアプリのPDFは、1ページに1枚のシートの写真が入っています。それ以外は写真で送ってください。印刷用のシートは /sheet で作れます。
# コマンド
command-start = あいさつ
command-help = 使い方
command-read = 返信先の写真を読む
command-alphabet = このチャットで読む文字を選ぶ
command-sheet = 印刷して書き込む練習シート
command-me = あなたが教えたこと
command-undo = 直前の答えを取り消す
command-privacy = 残すもの、残さないもの
command-forget = 教えたことをすべて消す
command-language = 言語を選ぶ
command-settings = 答えられる人とお知らせ
command-stats = 統計とグラフ
command-retrain = いま訓練する
command-models = モデルの版
command-rollback = 前の版に戻す
command-cancel = 訓練を止める
command-export = サンプルをダウンロード
command-admins = これらができる人
command-contributors = 教えてくれる人とその様子
command-block = ある人から学ぶのをやめる
command-unblock = ある人から再び学ぶ
command-withdraw = ある人が教えたものをすべて取り下げる
command-log = 運営者が行ったこと
command-argument-alphabet = 文字セット
command-argument-alphabet-description = このチャットと別の文字セット
command-argument-text = 文
command-argument-text-description = コマンドの後に書くこと
command-argument-contributor = 協力者
command-argument-contributor-description = /contributors に出る c12 のような番号
command-argument-page = ページ
command-argument-page-description = 何ページ目か（1 が最初）
command-argument-sheet = 文字
command-argument-sheet-description = 行（その最初の文字）、いくつかの文字、または「すべて」。なければ一番知らない文字
start = こんにちは。手書きの文字を読み、あなたの答えから学びます。文字（{ $alphabet }）を一つでも一ページでも写真で送り、合っているかをワンタップで教えてください。くわしくは /help をどうぞ。
help = 手書きの文字を写真で送ってください。一つでも、いくつでもかまいません。読んだ結果を返します。✓ は正解、✗ はほかの候補、「ほか…」はすべての文字です。その文字を書いて送ってもかまいません。いくつかあるときは番号を押して直し、✓ で全部、または全部の文字を書いて送ってください。/sheet で練習シートが手に入ります。答えのたびに学び、新しいモデルは良くなったと証明されたときだけ交代します。いまは「{ $alphabet }」を読みます。
help-command = /{ $name } – { $description }
alphabet-question = このチャットで何を読みますか。いまは「{ $alphabet }」です。
alphabet-chosen = これからここでは「{ $alphabet }」を読みます。
chat-reads = このチャットで読むのは「{ $alphabet }」です。/alphabet で変えられます。
alphabet-unknown = 「{ $alphabet }」という文字セットは知りません。知っているもの：{ $known }
language-name = 日本語
language-question = どの言語にしますか。
language-chosen = 日本語で話します。
language-unknown = { $language } は話せません。話せるもの：{ $known }
settings-question = このチャットでは誰が答えられますか。良いモデルに交代したら知らせますか。
settings-group-only = 個人チャットではあなただけが答えます。良いモデルに交代したら知らせますか。
settings-not-admin = 変えられるのはこのチャットの管理者だけです。
settings-saved = 保存しました。
silenced = 教えていただいたことのお知らせを止めました。/settings で変えられます。
answering-asker = 写真を送った人か、読むように頼んだ人
answering-anyone = 誰でも
answering-admins = チャットの管理者
announce-on = 知らせる
announce-off = 知らせない
only-both = 文字と数字
only-letters = 文字だけ
only-digits = 数字だけ
hand-on = 自分の字の癖を使う
hand-off = みんなと同じに読む
silence-on = 教えた結果を知らせない
silence-off = 教えた結果を知らせる
me-hand = あなたの字の癖で { $right } 件を正しく読み直しました{ $wrong ->
    [0] {""}
   *[other] （{ $wrong } 件は外しました）
  }。
me-picture = 教えてくれた文字の一覧
me-curves = { $alphabet }：答えごとの正解
me-with = 字の癖あり
me-without = なし
me-nothing = まだ何も教わっていません。写真を送り、タップで答えてください。
me-alphabet = { $alphabet }：サンプル { $samples } 件を教わりました。{ $answered ->
    [0] {""}
   *[other] 答え { $answered } 件のうち { $right } 件が合っていました。
  }
privacy = 残すもの：写真から切り出した文字（小さな四角の画素。写真の文字セットでは、場所や日時やカメラの情報を除いた 224 画素以下の写真の小さな写し）は質問が開いている間だけ、教えることに同意された後は答えと一緒に。そして話す言語。それ以外の写真、名前、番号は残しません。残すのはこのサーバーの鍵で作った符号だけで、その鍵なしには元に戻せません。返信先は読んだ結果と一緒に保管し、一緒に消します。/forget で教えたことをすべて消せます。すでにそこから学んだモデルは残ります。運営者に停止されたことだけは、その符号とともに残ります。
consent-ask = 教えてくれますか？切り出した文字（写真の文字セットでは写真の小さな写し）と答えを残し（名前は残しません）、皆さんのために学びます。取り消しは /privacy です。
consent-agree = 同意する
consent-agree-and-save = 同意して保存
consent-not-now = 今はしない
consent-none-kept = 何も残していません。
consent-not-yours = 同意できるのは答えた本人だけです。
consent-line-again = ありがとうございます。その間に再起動したため、行の内容が残っていません。もう一度書いてください。
consent-withdraw = 取り消して、忘れてもらう
not-agreed = 保存しませんでした。これは別の人が書いたものです。本人がここで自分で押して同意したときだけ学びます。
only-read = これは読んだだけです。誰が書いたのか分からないので、何も残しません。
privacy-agreed = { $date } に、教えることに同意されています。
privacy-not-agreed = 教えることにまだ同意されていません。写真は読みますが、答えは何も残しません。
privacy-kept-before = お尋ねする前に教えてくださった分は残っています。削除することもできます。
privacy-operator = 運営者ご自身の写真は、お尋ねせずに学びます。
privacy-now-agreed = ありがとうございます。これからは答えから学びます。取り消しは /privacy で。
forget-question = 教わったこと（サンプル { $samples } 件）、画像、設定をすべて消しますか。元に戻せません。
forget-yes = はい、すべて消す
forget-no = いいえ、残す
forgotten = 消しました。サンプル { $samples } 件、読んだ文字 { $predictions } 件を忘れました。
forget-kept = 何も消していません。
operators-only = このボットの運営者だけができます。
operator-hint = 運営者になるには、所有者に { $who } を ADMINS に加えてもらってください。
# 練習シート
sheet-all = すべて
sheet-title = { $alphabet } の練習シート
sheet-how =
    上の文字を、濃いペンでマスの中に書いてください。
    書き損じたマスは、角から角へ線を引いて消してください。
    四隅の丸い印がすべて入るように、ページ全体の写真を送ってください。
sheet-read = 練習シート（{ $page }/{ $pages }ページ）：記入{ $filled }、空白{ $empty }、取り消し{ $crossed }{ $hidden ->
    [0] 。
   *[other] 、隠れ{ $hidden }。
  }かっこの中は、確かめていただくまで保存しません。
sheet-page = { $page } / { $pages } ページ
sheet-sent = { $alphabet } の練習シートです（{ $pages } ページ）。印刷してマスに書き込み、各ページの写真を送ってください。
# 運営者
stats-line = { $alphabet }：サンプル { $samples } 件（訓練 { $train }、評価 { $test }）、{ $contributors } 人。
stats-champion = いま答えている版：{ $version }
stats-no-champion = まだモデルがありません。
stats-confirm = 答え { $answered } 件のうち { $right } 件が合っていました{ $percent ->
    [-1] 。
   *[other] （{ $percent } %）。
  }
stats-rejected = 文字ではない：{ $rejected }
stats-elsewhere = ほかにも教わった文字：
stats-fewest = サンプルが少ない文字：{ $labels }
stats-row-samples = サンプル数
stats-row-split = 訓練用 / 評価用
stats-row-people = 人数
stats-row-answering = いま答えている版
stats-row-right = みなさんの答えで正解
stats-row-fewest = サンプルが少ない文字
stats-row-rejected = 文字ではない
stats-picture = { $alphabet } の統計
chart-accuracy = 版ごとの正しく読めた割合
chart-labels = 文字ごとのサンプル数
chart-days = 日ごとのサンプル数
chart-confusion = { $version } の読み間違い（サンプル { $tested } 件）
chart-proof = 証明カード：{ $version }
line-tested = 評価用のサンプルで
line-people = みなさんの答えで
axis-version = 版
axis-right = 正しく読めた割合
axis-samples = サンプル数
axis-character = 文字
axis-day = 日
axis-answers = 答えの数
axis-newest = 最新から数えた答えの数
axis-truth = 正しい文字
axis-read = 読んだ文字
axis-cut = 目盛りは { $from } % から
retrain-busy = { $alphabet } はすでに訓練中です（{ $run }）。
retrain-refused-no-samples = { $alphabet } にはまだ学ぶサンプルがありません。まず写真を送って、答えてください。
retrain-elsewhere = こちらにはサンプルがあります。訓練しますか。
retrain-queued = { $alphabet }、訓練 { $run }：順番を待っています。
    { $bar } { $percent } %
retrain-progress = { $alphabet }、訓練 { $run }：{ $stage ->
    [preparing] 準備しています
    [comparing] いま答えているモデルと比べています
   *[learning] 学んでいます
  }。
    { $bar } { $percent } %{ $minutes ->
    [-1] {""}
    [0] 、あと1分以内
   *[other] 、あと約{ $minutes }分
  }
retrain-below = 訓練 { $run }：続きは下のメッセージです。
retrain-promoted = 訓練 { $run }：{ $version } は良くなったと証明され、いまから答えます。
retrain-kept = 訓練 { $run }：これまでのモデルのままです。
retrain-kept-none = 訓練 { $run }：モデルはまだありません。
retrain-failed = 訓練 { $run } は失敗しました：{ $because }
retrain-cancelled = 訓練 { $run } を取りやめました。
gate-better = みなさんの写真のうち、新しいモデルだけが正しく読めたもの { $wins }、古いモデルだけのもの { $losses }。偶然とは言えない差です。
gate-too-few-glyphs = 比べる写真が足りません（{ $needed } 件必要なところ { $tested } 件）。もっと写真に答えてから、もう一度訓練してください。
gate-not-enough-evidence = { $wins } 勝 { $losses } 敗では、まだ証明になりません{ $needed ->
    [0] 。
   *[other] （少なくとも { $needed } 勝が必要です）。
  }
gate-label-fell = { $label } が前より読めなくなりました。
gate-too-few-people = 良くなったのは少なすぎる人の答えによるものです（{ $wins } 勝 { $losses } 敗）。そのうち一人を除くと言えません。もっと多くの人か運営者の答えが必要です。
gate-withdrawn = 学んだサンプルを運営者が取り下げました。もう一度訓練してください。
gate-base-fell = 覚えていたことを忘れました：内蔵の例で { $points } % 低下。
gate-overtaken = 訓練中に別の版に交代しました。
cancel-done = 訓練 { $run } を止めています。
cancel-none = 訓練していません。
cancel-run = { $alphabet } の訓練 { $run }
cancel-elsewhere = { $alphabet } は訓練していませんが、{ $runs } が進んでいます。{ $count ->
    [1] 取りやめますか。
   *[other] どれかを取りやめますか。
  }
cancel-yes = 訓練 { $run } を取りやめる
cancel-over = 訓練 { $run } はもう終わっています。
models-none = まだモデルがありません。
models-no-backbone = 写真は、この写真だけから見方を学んだ小さなネットワークが見ています。すでに写真を知っているネットワークなら、少ない枚数でもっと見分けられます：inkloop backbone add ファイル、続けて inkloop alphabet see-with { $id } 名前
models-title = { $alphabet } のモデル
models-origin = 由来
models-from = { $origin ->
    [seed] 同梱
    [fonts] フォント
   *[run] 訓練 { $run }
 }
models-line = { $champion ->
    [yes] ▶ { $version }
   *[no] { $version }
  } – { $accuracy }{ $origin ->
    [seed] 、同梱
    [fonts] 、フォントから
   *[run] 、訓練 { $run } から
  }
rollback-question = { $from } から { $to } に戻しますか。
rollback-yes = はい、戻す
rollback-done = { $to } に戻しました（前は { $from }）。
rollback-none = { $alphabet } には戻せる前の版がありません。
rollback-refused = { $to } を読み込めないため、何も変えていません：{ $because }
rollback-overtaken = その間に別の版に交代しました。何も変えていません。
export-done = { $alphabet } のサンプル { $samples } 件：画像と表です。
export-none = { $alphabet } のサンプルはまだありません。
admins-list = 運営者：{ $list }
admins-none = 運営者がいません。ADMINS に telegram:ID か discord:ID を入れて起動し直してください。
admins-added = { $who } を運営者にしました。
admins-removed = { $who } は運営者ではなくなりました。
admins-fixed = { $who } は ADMINS にあります（または運営者ではありません）。そちらで変えてください。
admins-usage = /admins add telegram:123 または /admins remove telegram:123
contributors-none = まだ誰にも教わっていません。
contributors-line = { $key }（{ $platform }、{ $since } から{ $state ->
    [blocked] 、停止中
    [trusted] 、信頼
   *[other] {""}
  }）：サンプル { $samples } 件（この 7 日で { $recent } 件）。正解とされた答え：{ $answered } 件中 { $confirmed } 件。今のモデルと一致：{ $looked } 件中 { $agreed } 件。
contributors-title = 教えてくれる人
contributors-who = 協力者
contributors-right = 正解とされた答え
contributors-agreed = モデルと一致
contributors-state = { $state ->
    [blocked] 停止中
   *[trusted] 信頼
  }
contributors-next = 続き：/contributors { $page }
contributors-hint = /block c12 でその人から学ぶのをやめ、/withdraw c12 でその人が教えたものをすべて取り下げます。
contributor-usage = 後ろに協力者の番号を書いてください：/{ $command } c12。一覧は /contributors です。
contributor-unknown = { $key } という協力者はいません。一覧は /contributors です。
block-done = { $key } からは学ばなくなりました。これまでに教わったものは残ります。/withdraw { $key } で取り下げられます。
block-already = { $key } はすでに停止中です。
unblock-done = { $key } から再び学びます。
unblock-already = { $key } は停止されていません。
withdraw-question = { $key } が教えたものをすべて（サンプル { $samples } 件）取り下げますか。以後、訓練にも評価にも使われず、元に戻せません。それで訓練中のモデルは採用されません。
withdraw-yes = はい、取り下げます
withdraw-none = { $key } から取り下げるものはありません。
withdraw-done = { $key } のサンプル { $samples } 件を取り下げました。
withdraw-learnt = いま答えている { $version } はそれらから学んでいます。/rollback で前の版に戻し、/retrain で新しく訓練できます。
log-none = 運営者はまだ何もしていません。
log-next = 続き：/log { $page }
log-line = { $at } { $who }：{ $what ->
    [block] { $subject } を停止
    [unblock] { $subject } の停止を解除
    [withdraw] { $subject } のサンプルをすべて取り下げ
    [admin-add] { $subject } を運営者に追加
    [admin-remove] { $subject } を運営者から削除
    [retrain] 訓練 { $subject } を依頼
    [cancel] 訓練 { $subject } を中止
    [promote] { $subject } に交代
    [rollback] { $subject } に戻した
    [alphabet-new] 文字セット { $subject } を作成
    [alphabet-grow] 文字セット { $subject } に文字を追加
    [alphabet-relabel] 文字セット { $subject } のラベルを変更
    [alphabet-see] 文字セット { $subject } の写真の見方を変更
    [alphabet-train] 文字セット { $subject } をフォントから訓練
    [alphabet-archive] 文字セット { $subject } を保管
    [alphabet-restore] 文字セット { $subject } を復元
   *[other] 文字セット { $subject } を削除
  }
# 勝負
duel-score = { $wins } 勝 { $losses } 敗{ $people ->
    [1] （すべて一人の答え）
   *[other] {""}
  }
duel-way = { $score }（道のりの { $way }）
duel-challenge = { $challenger } は { $champion } と並んで写真をひそかに読んでいます。より良いと証明されれば交代します。{ $stands }。
duel-watch = 前に答えていた { $challenger } も { $champion } と並んでひそかに読み続け、より良いとわかれば戻ります。{ $stands }。
duel-advise = 手動で { $champion } に替える前に答えていた { $challenger } が、並んでひそかに読み続けています。より良いとわかれば運営者に知らせます。{ $stands }。
duel-advised = みなさんの写真では { $challenger } が、手動で選ばれた { $champion } より正しく読みました：{ $stands }。何も変えていません。
duel-won = みなさんの写真では { $challenger } が { $champion } より正しく読みました：{ $stands }。
duel-back = みなさんの写真では、前に答えていた { $challenger } が { $champion } より正しく読みました：{ $stands }。教わったことは残ります。
duel-lost = みなさんの写真では { $challenger } は { $champion } より読めませんでした：{ $stands }。答えが増えたら、もう一度訓練してください。
duel-confirmed = みなさんの写真では { $champion } が、前に答えていた { $challenger } より正しく読んでいます：{ $stands }。
duel-stopped = { $challenger } は { $champion } と並んで読むのをやめました（{ $stands }）：{ $because ->
    [replaced] もっと成果のある新しいモデルが来ました。
    [damaged] ファイルを読み込めません。もう一度訓練してください。
    [withdrawn] 学んだサンプルを運営者が取り下げました。もう一度訓練してください。
    [label-fell] 前より読めなくなった文字があります。
    [alike] 何千もの答えの後でも、二つに差がありません。
   *[overtaken] すでに別のモデルが答えています。
  }
duel-goes-on = このまま写真をひそかに読み続け、みなさんの答えでより良いと証明されれば交代します。進み具合は /models で見られます。
duel-taken-back = 証明に使われた答えの一部は、その後取り消されたか忘れられました。決定はそのままです。
# お知らせ
announce-promoted = { $alphabet }：より良いモデル（{ $version }）に交代しました。{ $because }
announce-rolled-back = { $alphabet }：{ $version } に戻しました。
operators-drift = { $alphabet }：{ $platform } で { $version } が正しいと言われる割合が下がりました（前 { $before } %、最近 { $since } %）。書く人、写真の撮り方、答え方のどれかが変わったようです。/retrain でそれを学び、/rollback で前に戻せます。
operators-former-better = { $alphabet }：{ $because } /rollback で前に戻せます。
chart-drift = { $platform } で正しいと言われた割合（{ $block } 件ごと）
operators-disk-nearly-full = ディスクがほぼいっぱいです：残り { $free } MB。空きができるまで新しい写真は受け取りません。答えは引き続き保存されます。どのフォルダーかは「npx inkloop doctor」で分かります。
model-broken = { $alphabet }：答えるはずのモデル { $version } を読み込めません：{ $because } { $answering ->
    [none] 直るまで、この文字には答えられません。
   *[other] 代わりに { $answering } が答えています。
}サーバーで「npx inkloop doctor」を実行すると対処がわかります。/rollback で前のモデルに戻せます。
announce-taught = あなたが教えてくれました：前は { $before }、いまは { $after } と読みます。
# page
page-title = Inkloop – 手書き文字を読み、あなたから学びます
page-description = 文字を書くか写真を送ってください。Inkloop が読み、あなたの答えから学びます。
page-scripts = このページには JavaScript が必要です。
page-conversation = 会話
page-hello = 文字を一つ書くか、文字、単語、ページの写真を送ってください。そして、合っているか教えてください。
page-draw = 手書き欄
page-draw-hint = ここに一文字書いてください
page-draw-help = 指、マウス、ペンで書けます。使えない場合は画像を選ぶか貼り付けてください。
page-draw-undo = 一画戻す
page-draw-clear = 消す
page-draw-send = 読む
page-upload = 画像を選ぶ
page-camera = 写真を撮る
page-text = メッセージ
page-text-hint = 文字、または /help
page-text-send = 送信
page-commands = 統計、使い方など
page-drop = ここに画像をドロップ
page-close = 閉じる
page-token = 所有者のトークン（ADMIN_TOKEN）
page-token-help = サーバーの .env ファイルの ADMIN_TOKEN= の後に書かれています。
page-link = ログイン用リンク
page-link-help = Inkloop は起動するたびにリンクを表示します。ターミナルまたは出力の「To be its operator, open this link」の行を探し、そのリンクを開くか、ここに貼り付けてください。
page-token-send = ログイン
page-sending = 送信中…
page-waiting = 接続を待っています…
page-not-sent = 送信できませんでした
page-retry = もう一度
page-offline = 接続が切れました。再接続しています…
page-online = 再接続しました
page-drawing = あなたの手書き
page-photo = あなたの画像
page-enlarge = 拡大：{ $picture }
page-too-large = { $name } は大きすぎます。20 MB までです。
page-you = あなた
page-reply = Inkloop
page-log-in = 運営者ログイン
page-log-out = ログアウト
page-logged-in = 運営者用コマンドが使えるようになりました。
page-logged-out = ログアウトしました。
page-gone = この画像はもう保存されていません。
page-new = 最初から
page-examples = 手元に何もないときは、どれかを押してみてください：
page-example = 例 { $number }
page-skip = 入力欄へ
page-tools = 手書きと画像
page-draw-again = 書く
page-picture = 画像
page-camera-word = カメラ
page-samples = マイサンプル
page-samples-hint = 押すと、直したり取り消したりできます。
page-samples-more = 前のサンプル
page-rejected = 文字ではない
page-help = 使い方
page-figures = 統計
page-more = その他…
page-operators = 運営者用
page-alphabet = 読む文字
page-alphabets = 何を読みますか。
page-phone = スマートフォンで開く
page-phone-how = 同じネットワークのスマートフォンのカメラで、このコードを写してください。
page-phone-code = このページのアドレスの QR コード
page-install = アプリとしてインストール
page-new-what = 会話を消します。教えたことは残ります
page-anew-done = 会話を消しました。教えてくれたことは残っています。
page-cut = 画像の回転と切り抜き
page-cut-turn = 回転
page-cut-left-top = 左上の角（矢印キーで動かせます）
page-cut-right-top = 右上の角（矢印キーで動かせます）
page-cut-left-bottom = 左下の角（矢印キーで動かせます）
page-cut-right-bottom = 右下の角（矢印キーで動かせます）
page-problem = 問題が起きました。もう一度お試しください。
problem-malformed = リクエストの形が正しくありません。正しい形は /api/v1/openapi.json にあります。
problem-wrong-token = 所有者のトークンではありません。
problem-old-link = このリンクはもう使えません。Inkloop は起動するたびに新しいリンクを表示します。最新のものを開くか、ADMIN_TOKEN が設定されている場合はそれでログインしてください。
problem-forged = Telegram があなたを確認できませんでした。ボットとのチャットからもう一度ページを開いてください。それまでは、どなたか分かりません。
problem-expired = このページが開かれてから時間がたちすぎました。閉じて、ボットとのチャットからもう一度開いてください。それまでは、どなたか分かりません。
problem-no-visitor = あなたを見分けるために Cookie が必要です。許可してから再読み込みしてください。
problem-foreign-origin = 他のサイトのページからのリクエストは受け付けません。
problem-no-token = ADMIN_TOKEN が設定されていません。Inkloop の起動時に表示されたリンクを開くか、ADMIN_TOKEN を設定して再起動してください。
problem-not-found = このアドレスには何もありません。
problem-method-not-allowed = このアドレスではそのメソッドは使えません。Allow ヘッダーをご覧ください。
problem-unsupported-type = この種類の内容は受け付けません。画像（image/jpeg、image/png、image/webp）、image フィールドのあるフォーム、または求められた箇所では JSON を送ってください。
problem-several-characters = 画像に文字がいくつかあるため、どれの答えか分かりません。読む順にすべてを labels に入れて送るか、一つずつ答えてください。
problem-too-slow = 写真の受信が遅すぎたため、待つのをやめました。より良い回線でもう一度送るか、小さい写真を送ってください。
problem-too-many-visitors = 同じアドレスからの新しい訪問者が多すぎます。{ $minutes } 分後にもう一度お試しください。
problem-too-many-attempts = 所有者のトークンではありません。同じネットワークから誤ったトークンが多数送られています。サーバーの .env ファイルで確認してください。正しいトークンはいつでも受け付けます。
# getting the photo
photo-not-fetched = 画像を受け取れませんでした。もう一度送ってください。
file-not-sent = ここにはファイルを送れませんでした。このチャットではファイルが禁止されているのかもしれません。所有者はコマンドラインから書き出せます。
# Discord
discord-read = 手書き文字の写真を読みます
discord-read-image = 手書き文字の写真
discord-read-label = 何の文字か（すぐに教える場合）
discord-read-menu = 手書きを読む
discord-label = 最後の写真の文字を教える
discord-label-label = 文字
discord-other = どれですか
discord-other-field = ここに書いてください
discord-other-help = 空のままにすると一覧から選べます。
discord-label-nothing = どの写真のことか分かりません。私の質問に返信するか、写真をもう一度送ってください。
discord-no-picture = 画像が見つかりません。写真付きのメッセージで私をメンションするか、/read またはメッセージのメニュー →「アプリ」を使ってください。
discord-reply-unseen = Discord があなたの返信を私に見せてくれません。メンション（@）をオンにして、もう一度返信してください。
discord-may-not-write = そのチャンネルには書き込めません。サーバーの管理者に相談するか、ここに写真を送ってください。
discord-file-too-large = ファイルが Discord には大きすぎます。所有者はコマンドラインから書き出せます。
telegram-description = 手書きの文字、単語、ページの写真を読み、あなたの答えから学びます。写真を送り、合っているかをワンタップで教えてください。
telegram-page = ページを開く
telegram-about = 手書きを読み、あなたの答えから学びます。
telegram-guest-soon = 読んでいます。少しお待ちください。
telegram-guest-offer = ほかのチャットでも使えます。写真への返信に { $bot } と書くと、読んだ結果を返します。
telegram-guest-how = 手書きの写真に私の名前をつけて返信するか、説明に私の名前を書いて写真を送ってください。読んだ結果を返します。ほかのことは、私との個別チャットでどうぞ。
telegram-file-too-large = ファイルが Telegram には大きすぎます（50 MB まで）。所有者はコマンドラインから書き出せます。
# 証明カード
card-title = { $alphabet }、訓練 { $run }
card-promoted = 新しいモデルに交代しました
card-kept = これまでのモデルのままです
card-kept-none = まだモデルがありません
card-champion = これまでのモデル
card-challenger = 新しいモデル
card-right = { $tested } 件中 { $right } 件正解
card-wins = 新しいモデルだけ正解：{ $count }
card-losses = これまでのモデルだけ正解：{ $count }
card-duel = みなさんの写真では：{ $stands }
condition-proof = 偶然ではなく良くなった
condition-proof-figures = { $wins } 勝 { $losses } 敗{ $needed ->
    [0] {""}
   *[other] 、少なくとも { $needed } 勝が必要
  }（偶然なら { $chance }）
condition-labels = 前より読めなくなった文字がない
condition-labels-figures = いちばん悪い { $label }：{ $wins } 勝 { $losses } 敗
condition-labels-none = 負け越した文字はありません
condition-base = 忘れたことがない
condition-base-figures = 内蔵の例 { $tested } 件のうち、前は { $before } 件、今は { $after } 件正解
condition-glyphs = 比べる写真が十分ある
condition-glyphs-figures = みなさんの写真 { $tested } 件（{ $needed } 件以上が必要）
condition-people = 一人だけの答えではない
condition-people-figures = { $taught } 人のうち { $won } 人の答えに勝ちがあります
wanting-title = 何があれば決まるか
wanting-answers = このまま進めば、あと { $count } 件ほどの答え。とくに役立つ文字：{ $labels }
wanting-level = まだどちらも勝っていません。差が出るのは次の文字：{ $labels }
wanting-glyphs = あと少なくとも { $count } 件の答え。サンプルの少ない次の文字が役立ちます：{ $labels }
wanting-people = あと { $count } 人の答え。とくに次の文字の写真：{ $labels }
wanting-label = { $labels } の写真への答えを増やしてから、もう一度訓練してください。
wanting-alike = 今のところ、どちらも同じように読みます。読み間違いを直してもらうと、いちばん学べます。
# 写真の文字セット
answer-lost-of-picture = 何が写っているのか分かりません。ここで見分けるのは { $alphabet } です（/alphabet で変えられます）。これは何ですか。
answer-no-model-of-picture = { $alphabet } はまだ習っていません。この写真は何ですか。答えが最初の授業になります。
answer-from-hand-of-picture = 前に見せてくださった写真から判断しました。
answer-other-of-picture = 何が写っていますか。名前を返信してもかまいません。
picture-glyph-of-picture = 私が見た写真
button-reject-of-picture = どれでもない
saved-reject-of-picture = ありがとうございます。どれでもないと記録しました。
start-of-picture = こんにちは。ここでは写真に写っているもの（{ $alphabet }）を見分け、答えから学びます。写真を送って、合っていたかどうかを一押しで教えてください。詳しくは /help をどうぞ。
help-of-picture = 一つのものを写した写真を送ってください。何に見えるかを答えします。✓ は正解、✗ はほかの候補、「ほか…」はすべての名前を示し、名前そのものを返信することもできます。答えのたびに学び、新しいモデルはより良いと証明されてから答えるようになります。ここで見分けるのは { $alphabet } です（/alphabet で変えられます）。
me-picture-of-picture = 教えてくださったもの（名前ごと）。
