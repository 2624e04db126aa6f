import Journaling
import Vocabulary

/// A difference found by pricing the year again, laid on whom the policy names.
func book(_ adjustment: Adjustment) -> Booking? {
    let total = adjustment.total
    var lines: [(Account, Money)] = adjustment.difference.map { (.fund($0.key), $0.value) }
    switch adjustment.bearer {
    case .person: lines.append((.person, -total))
    case .fund: lines.append((.absorbed, -total))
    case .clinic:
        lines += [
            (.clinicPayable, -total), (.clinicReceivable, total), (.clinicBears, -total),
        ]
    }
    return Booking(lines)
}
