import Printing
import Vocabulary

/// What a person takes home: who paid what for which, and why, in words and as a proof.
///
/// One value for the screen and the printer, for visits and contributions, and for their reversals.
struct Slip: Sendable {
    var title: String
    /// 作废 or 红票, across the top; absent on an ordinary slip.
    var mark: String?
    var clinic: String
    var number: Int
    var at: String
    /// Person or household, masked.
    var payer: [Row] = []
    var lines: [Line] = []
    var parts: [Row] = []
    var payments: [Row] = []
    /// The amount the person paid, for the largest type.
    var paid: String
    /// 大写, on receipts.
    var capitals: String?
    var reasons: [String] = []
    var counters: [Row] = []
    var operatorName: String
    var receipt: ReceiptNumber?
    var proof: SlipProof
    var proofText: String

    struct Row: Sendable {
        let label: String
        let value: String
    }

    struct Line: Sendable {
        let name: String
        let detail: String
        let amount: String
    }

    /// 票据代码 and 票据号码.
    struct ReceiptNumber: Sendable {
        let code: String
        let number: String
    }

    /// The first digits of the head, for reading aloud on the telephone.
    var shortHead: String { String(proof.head.description.prefix(16)) }

    var svg: String {
        get throws { try QRCode(proofText, level: .low).svg(module: 3) }
    }
}

extension Slip {
    /// The slip for a thermal printer.
    func escpos() throws -> [UInt8] {
        var paper = ESCPOS()
        paper.line(clinic, align: .centre, style: .bold)
        paper.line(title, align: .centre)
        if let mark { paper.line(mark, align: .centre, style: .large) }
        if let receipt { paper.columns(left: receipt.code, right: receipt.number) }
        paper.columns(left: Texts.entryNumber(number), right: at)
        rows(payer, &paper)
        paper.rule()
        for line in lines {
            paper.columns(left: line.name, right: line.amount)
            if !line.detail.isEmpty { paper.line("  " + line.detail) }
        }
        paper.rule()
        rows(parts, &paper)
        paper.line(Texts.paid(paid, isReceipt: receipt != nil), align: .right, style: .large)
        if let capitals { paper.line(capitals) }
        rows(payments, &paper)
        if !reasons.isEmpty { paper.rule() }
        for reason in reasons { paper.line(reason) }
        rows(counters, &paper)
        paper.rule()
        paper.line(Texts.signature(operatorName, head: shortHead))
        paper.qr(try QRCode(proofText, level: .low))
        paper.line(Texts.of("slipProof"), align: .centre)
        paper.feed()
        paper.cut()
        return paper.bytes
    }

    private func rows(_ rows: [Row], _ paper: inout ESCPOS) {
        for row in rows { paper.columns(left: row.label, right: row.value) }
    }
}
