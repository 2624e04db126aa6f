import Syncing
import Vocabulary

/// One cell: words or a figure, where it leads, and a small line beneath.
struct Cell: Sendable {
    let text: String
    var href = ""
    var css = ""
    var note = ""

    init(_ text: String, to href: String = "", css: String = "", note: String = "") {
        self.text = text
        self.href = href
        self.css = css
        self.note = note
    }

    static func money(_ amount: Money, to href: String = "", note: String = "") -> Cell {
        Cell(Texts.yuan(amount), to: href, css: "num", note: note)
    }

    static func count(_ number: Int, to href: String = "", note: String = "") -> Cell {
        Cell(Texts.grouped(number), to: href, css: "num", note: note)
    }

    /// A state is a shape, a word and then a colour.
    static func state(_ state: State, _ words: String, to href: String = "", note: String = "")
        -> Cell
    {
        Cell(state.shape + " " + words, to: href, css: state.rawValue, note: note)
    }

    enum State: String, Sendable {
        case good, late, stop, plain

        var shape: String {
            switch self {
            case .good: "●"
            case .late: "▲"
            case .stop: "■"
            case .plain: "○"
            }
        }
    }
}

/// A table that becomes a list of cards where the screen is narrow.
struct Table: Sendable {
    struct Column: Sendable {
        let title: String
        let css: String
    }

    struct Row: Sendable {
        let cells: [ShownCell]
    }

    let columns: [Column]
    let rows: [Row]
    let foot: [Row]
    let empty: String

    init(_ titles: [String], _ rows: [[Cell]], foot: [[Cell]] = [], empty: String = "") {
        let sample = rows.first ?? foot.first ?? []
        columns = titles.enumerated().map { place, title in
            Column(
                title: title, css: place < sample.count && sample[place].css == "num" ? "num" : "")
        }
        func shown(_ row: [Cell]) -> Row {
            Row(cells: zip(row, titles).map { ShownCell($0, label: $1) })
        }
        self.rows = rows.map(shown)
        self.foot = foot.map(shown)
        self.empty = empty.isEmpty ? Texts.nothingHere : empty
    }
}

/// A cell as the template reads it.
struct ShownCell: Sendable {
    let text: String
    let href: String
    let css: String
    let note: String
    /// The column's name, for screens too narrow for columns.
    let label: String
    // Templates look a missing name up further out, so emptiness is said, never left out.
    let linked: Bool
    let noted: Bool

    init(_ cell: Cell, label: String) {
        text = cell.text
        href = cell.href
        css = cell.css
        note = cell.note
        self.label = label
        linked = !cell.href.isEmpty
        noted = !cell.note.isEmpty
    }
}

/// A heading, what it means, and the figures beneath it.
struct Section: Sendable {
    let name: String
    let sentence: String
    let table: Table
    /// What a link to this section ends with, if there is one.
    var anchors: [String] = []

    init(_ name: String, _ sentence: String = "", _ table: Table, anchor: String? = nil) {
        self.name = name
        self.sentence = sentence
        self.table = table
        anchors = anchor.map { [$0] } ?? []
    }
}

/// A label and its value, for one thing described line by line.
struct FactLine: Sendable {
    let label: String
    let cell: ShownCell

    init(_ label: String, _ cell: Cell) {
        self.label = label
        self.cell = ShownCell(cell, label: label)
    }

    init(_ label: String, _ text: String) { self.init(label, Cell(text)) }
}

/// The strip at the top, the same on every page.
struct Frame: Sendable {
    let open: Bool
    let person: String
    let role: String
    let day: String
    let time: String

    static let closed = Frame(open: false, person: "", role: "", day: "", time: "")

    init(_ person: Syncing.Operator, _ now: Instant) {
        open = true
        self.person = person.name
        role = Texts.role(person.role)
        day = now.day.description
        time = now.clockTime
    }

    private init(open: Bool, person: String, role: String, day: String, time: String) {
        self.open = open
        self.person = person
        self.role = role
        self.day = day
        self.time = time
    }
}

extension Site {
    func frame(_ ask: Ask) -> Frame { Frame(ask.person, office.clock.now()) }
}

/// The screen that most screens are: a heading, a sentence, tables.
struct Sheet: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading: String
    var lead = ""
    /// One step back, to where the figures were summed.
    var back: [Cell] = []
    var choices: [Choice] = []
    var sections: [Section] = []

    /// One of several ways to look at the same thing.
    struct Choice: Sendable {
        let text: String
        let href: String
        let chosen: Bool
    }
}

extension Money {
    var magnitude: Money { fen < 0 ? -self : self }
}
