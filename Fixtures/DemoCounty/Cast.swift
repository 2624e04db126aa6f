import Identifying
import Vocabulary

/// The people of 黄坳村 that handbooks and tests call by name; the same whatever the seed.
public enum Cast: String, CaseIterable, Sendable {
    /// Hypertension among the two diseases, a family doctor, insured without any hindrance.
    case liGuihua = "李桂华"
    /// Diabetes among the two diseases.
    case wangDashan = "王大山"
    /// Forty days old, nothing paid yet.
    case zhaoXiaoman = "赵小满"
    /// Died 25 days ago.
    case sunFusheng = "孙福生"
    /// Suspended: insured as an employee elsewhere.
    case zhouWenxiu = "周文秀"
    /// Moved to another pool.
    case wuGuoqiang = "吴国强"
    /// Waits for another 40 days.
    case zhengXiaomei = "郑晓梅"
    /// Seventy-five, on subsistence support.
    case fengYulan = "冯玉兰"
    /// An employee with 860.00 yuan in the account.
    case chenJianjun = "陈建军"
    /// Head of the household of six that has not paid for next year.
    case chenZhiyong = "陈志勇"

    /// The number of the household the person lives in.
    public var household: String { "101001" + digits(position, 4) }

    private var position: Int { (Cast.allCases.firstIndex(of: self) ?? 0) + 1 }
}

extension Cast {
    /// Households 1…10 of 黄坳村, in the order of the cases.
    static func households(on day: Day) -> [[Draft]] { allCases.map { $0.people(on: day) } }

    private func people(on day: Day) -> [Draft] {
        let stage = Stage(day: day)
        return switch self {
        case .liGuihua: stage.liHousehold
        case .wangDashan: stage.wangHousehold
        case .zhaoXiaoman: stage.zhaoHousehold
        case .sunFusheng: stage.sunHousehold
        case .zhouWenxiu: stage.zhouHousehold
        case .wuGuoqiang: stage.wuHousehold
        case .zhengXiaomei: stage.zhengHousehold
        case .fengYulan: stage.fengHousehold
        case .chenJianjun: stage.employeeHousehold
        case .chenZhiyong: stage.chenHousehold
        }
    }
}

/// Writes the cast's households down; what must stay recent counts back from `day`.
private struct Stage {
    let day: Day

    private func ago(_ days: Int) -> Day { day.adding(days: -days) }

    private func person(
        _ name: String, _ initials: String, _ sex: Sex, _ born: Day, _ kin: Kin,
        _ change: (inout Draft) -> Void = { _ in }
    ) -> Draft {
        var draft = Draft(kin: kin, sex: sex, birth: born, name: Spelled(name, initials))
        draft.coverage = Coverage(paidYears: Array((day.year - 4)...day.year))
        change(&draft)
        return draft
    }

    private func born(_ year: Int, _ month: Int, _ date: Int) -> Day {
        guard let day = Day(year: year, month: month, day: date) else {
            preconditionFailure("the cast is born on days of the calendar")
        }
        return day
    }

    var liHousehold: [Draft] {
        [
            person("刘长根", "lcg", .male, born(1961, 2, 17), .elder),
            person("李桂华", "lgh", .female, born(1963, 5, 12), .elder) {
                $0.recognitions = [
                    Recognition(
                        disease: "I10", name: "高血压", kind: .twoDiseases, from: ago(1_200))
                ]
                $0.familyDoctor = true
            },
        ]
    }

    var wangHousehold: [Draft] {
        [
            person("王大山", "wds", .male, born(1958, 3, 8), .elder) {
                $0.recognitions = [
                    Recognition(
                        disease: "E11", name: "2型糖尿病", kind: .twoDiseases, from: ago(900))
                ]
            },
            person("张秀英", "zxy", .female, born(1960, 10, 21), .elder),
        ]
    }

    var zhaoHousehold: [Draft] {
        [
            person("赵志强", "zzq", .male, born(1997, 6, 30), .adult),
            person("何雨婷", "hyt", .female, born(1999, 1, 14), .adult),
            person("赵小满", "zxm", .female, ago(40), .child) { $0.coverage.paidYears = [] },
        ]
    }

    var sunHousehold: [Draft] {
        [
            person("周凤英", "zfy", .female, born(1952, 8, 3), .elder),
            person("孙福生", "sfs", .male, born(1949, 12, 11), .elder) {
                $0.coverage.died = ago(25)
            },
        ]
    }

    var zhouHousehold: [Draft] {
        [
            person("周文秀", "zwx", .female, born(1984, 4, 25), .adult) {
                $0.coverage.suspended = Suspension(
                    from: ago(60), reason: "已参加职工医保，居民医保暂停")
            }
        ]
    }

    var wuHousehold: [Draft] {
        [
            person("吴国强", "wgq", .male, born(1979, 9, 9), .adult) {
                $0.coverage.moved = ago(120)
            }
        ]
    }

    /// Paid late after a year without: hence the waiting time.
    var zhengHousehold: [Draft] {
        [
            person("郑晓梅", "zxm", .female, born(1991, 11, 2), .adult) {
                $0.coverage.paidYears.removeAll { $0 == day.year - 1 }
                $0.coverage.waitingUntil = day.adding(days: 40)
            }
        ]
    }

    var fengHousehold: [Draft] {
        [
            person("冯玉兰", "fyl", .female, born(1951, 4, 17), .elder) {
                $0.titles = [.subsistence]
                $0.familyDoctor = true
            }
        ]
    }

    var employeeHousehold: [Draft] {
        [
            person("陈建军", "cjj", .male, born(1975, 7, 19), .adult) {
                $0.scheme = .employee
                $0.account = Money(fen: 86_000)
            }
        ]
    }

    /// Three generations; the brother has a grade 1 disability.
    var chenHousehold: [Draft] {
        [
            person("陈志勇", "czy", .male, born(1978, 1, 26), .adult),
            person("刘春燕", "lcy", .female, born(1980, 3, 5), .adult),
            person("陈志明", "czm", .male, born(1982, 12, 1), .adult) {
                $0.titles = [.severeDisability]
            },
            person("陈德山", "cds", .male, born(1951, 6, 18), .elder),
            person("杨秀珍", "yxz", .female, born(1953, 9, 27), .elder),
            person("陈雨桐", "cyt", .female, born(2014, 5, 20), .child),
        ]
    }
}
