/// Readings that names of drugs, services and diagnoses have and the library has not.
///
/// The longest word counts, so 白术 is bai zhu while 手术 stays shou shu.
enum PinyinWords {
    private static let words: [(String, String)] = [
        ("地", "di"), ("调", "tiao"), ("参", "shen"), ("参差", "cen ci"), ("参数", "can shu"),
        ("参与", "can yu"), ("长", "chang"), ("生长", "sheng zhang"), ("增长", "zeng zhang"),
        ("长大", "zhang da"), ("蛤", "ge"), ("蛤壳", "ge qiao"), ("藏", "zang"), ("朴", "po"),
        ("阿胶", "e jiao"), ("薄", "bo"), ("白术", "bai zhu"), ("苍术", "cang zhu"), ("莪术", "e zhu"),
        ("苓术", "ling zhu"), ("术附", "zhu fu"), ("重组", "chong zu"), ("重建", "chong jian"),
        ("重复", "chong fu"), ("重叠", "chong die"), ("重楼", "chong lou"), ("双重", "shuang chong"),
        ("多重", "duo chong"), ("没药", "mo yao"), ("乳没", "ru mo"), ("枳壳", "zhi qiao"),
        ("还原", "huan yuan"), ("还少", "huan shao"), ("归还", "gui huan"), ("厦门", "xia men"),
        ("给予", "ji yu"), ("给药", "ji yao"), ("供给", "gong ji"), ("补给", "bu ji"), ("咳", "ke"),
        ("咯血", "ka xue"), ("咯痰", "ka tan"), ("佛", "fo"), ("黄柏", "huang bo"), ("粘", "nian"),
        ("粘连", "zhan lian"), ("粘合", "zhan he"), ("校正", "jiao zheng"), ("枸橼", "ju yuan"),
        ("膀胱", "pang guang"), ("着", "zhuo"), ("栓塞", "shuan se"), ("闭塞", "bi se"),
        ("阻塞", "zu se"), ("梗塞", "geng se"), ("可的松", "ke di song"), ("的松", "di song"),
        ("目的", "mu di"), ("结扎", "jie za"), ("弹性", "tan xing"), ("弹力", "tan li"),
        ("对称", "dui chen"), ("厌恶", "yan wu"),
    ]

    private typealias Word = (scalars: [Unicode.Scalar], syllables: [String])

    /// Longest words first.
    private static let byFirst: [Unicode.Scalar: [Word]] = {
        let split: [Word] = words.map { word, reading in
            (Array(word.unicodeScalars), reading.split(separator: " ").map(String.init))
        }
        precondition(
            split.allSatisfy { $0.scalars.count == $0.syllables.count },
            "a syllable for each character")
        return Dictionary(grouping: split) { $0.scalars[0] }
            .mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }()

    /// Syllables of the longest word a text begins with; none where the library is right.
    static func longest(at text: ArraySlice<Unicode.Scalar>) -> [String] {
        guard let first = text.first else { return [] }
        return byFirst[first]?.first { text.starts(with: $0.scalars) }?.syllables ?? []
    }
}
