import Cataloguing
import Foundation

/// Download files of the size a province has, of invented names: 244,000 drugs, 97,000 supplies,
/// 6,500 services.
struct WholeCatalogue {
    private var state: UInt64

    static let drugs = 244_000
    static let supplies = 97_000
    static let services = 6_500

    private static let roots = Array(
        "阿安奥巴贝苯比吡丙布达地丁多恩法芬氟福复甘格汞海环磺己甲精卡康克拉来兰利磷硫氯罗麻美莫纳尼宁诺帕硼普青氢去瑞塞沙司舒他坦特替头维西硝辛溴烟盐叶伊依异吲英右孕左参苓术芪归芍连翘银花黄柏调经活血"
    )
    private static let forms = [
        "片", "胶囊", "颗粒", "注射液", "缓释片", "分散片", "口服液", "滴眼液", "软膏", "肠溶片", "干混悬剂", "丸",
    ]
    private static let things = [
        "一次性使用无菌注射器", "医用纱布块", "导管", "吻合器", "人工关节", "缝合线", "输液器", "敷料", "支架系统", "固定钉",
    ]

    init(seed: UInt64) { state = seed }

    private mutating func random(_ below: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % below
    }

    private mutating func word(_ least: Int, _ most: Int) -> String {
        String(
            (0..<(least + random(most - least + 1))).map { _ in
                WholeCatalogue.roots[random(WholeCatalogue.roots.count)]
            })
    }

    /// 97 columns a row. Makers share names, as they do: twenty rows a name on average.
    mutating func drugFile(_ count: Int = WholeCatalogue.drugs) -> [UInt8] {
        let names = (0..<(count / 20)).map { _ in
            word(3, 9) + WholeCatalogue.forms[random(WholeCatalogue.forms.count)]
        }
        let makers = (0..<4_000).map { _ in word(4, 8) + "制药有限公司" }
        return file(count, columns: 97) { generator, number in
            let name = names[generator.random(names.count)]
            return [
                1: "XZ\(100_000_000 + number)", 2: name, 4: name, 8: name, 10: "剂型",
                17: "\(generator.random(500))mg×\(generator.random(60))", 37: "2021-03-01 00:00:00",
                34: "用于多种病症的治疗，详见说明书。", 42: "24", 45: "盒",
                54: makers[generator.random(makers.count)], 57: "", 71: "\(number % 9 / 8)",
                75: "0", 79: "1", 80: "\(number)", 81: "2021-03-01 00:00:00",
                82: "2021-03-01 00:00:00", 83: "V\(number % 30)",
            ]
        }
    }

    /// 71 columns a row; most names are their own.
    mutating func supplyFile(_ count: Int = WholeCatalogue.supplies) -> [UInt8] {
        file(count, columns: 71) { generator, number in
            [
                1: "C\(100_000_000 + number)",
                2: generator.word(2, 6)
                    + WholeCatalogue.things[generator.random(WholeCatalogue.things.count)],
                10: "型号\(generator.random(9_000))", 16: "件", 47: "2021-03-01", 68: "1",
                60: generator.word(4, 8) + "医疗器械有限公司",
            ]
        }
    }

    mutating func serviceFile(_ count: Int = WholeCatalogue.services) -> [UInt8] {
        file(count, columns: 19) { generator, number in
            [
                1: "00\(1_000_000_000_000 + number)", 3: "次", 7: "1",
                10: generator.word(3, 10) + "术", 12: "2021-03-01",
            ]
        }
    }

    private mutating func file(
        _ count: Int, columns: Int, _ row: (inout WholeCatalogue, Int) -> [Int: String]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        for number in 0..<count {
            var fields = [String](repeating: "null", count: columns)
            for (column, text) in row(&self, number) { fields[column - 1] = text }
            bytes += Array(fields.joined(separator: "\t").utf8)
            bytes.append(0x0A)
        }
        return bytes
    }

    /// What people type: one to four characters of a name, initials, pinyin, a code.
    mutating func typed(_ count: Int, from directory: Directory) -> [String] {
        let lines = directory.bytes.split(separator: 0x0A)
        return (0..<count).map { number in
            let line = lines[1 + random(lines.count - 1)]
            let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
            let name = Array(String(decoding: fields[1], as: UTF8.self))
            let start = random(name.count)
            let part = String(name[start..<min(name.count, start + 1 + random(4))])
            switch number % 8 {
            case 0...3: return part
            case 4, 5: return Pinyin.initials(of: part)
            case 6: return Pinyin.initials(of: String(part.prefix(1)))
            default: return String(decoding: fields[0].prefix(5 + random(6)), as: UTF8.self)
            }
        }
    }
}
