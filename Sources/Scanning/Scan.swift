import Vocabulary

/// What came in through the one field of the screen.
public enum Scan: Hashable, Sendable {
    /// A credential, read and not yet verified.
    case credential(SignedCredential)
    /// An identity number, from the card reader or typed.
    case identityNumber(IdentityNumber)
    /// A Chinese name or pinyin initials, to be searched for; folded to half width.
    case name(String)
    /// A person number of 20 digits.
    case personNumber(PersonNumber)
}

/// Why nothing could be made of what was typed.
public enum ScanFault: Error, Equatable, Sendable {
    /// Nothing, or white space alone.
    case empty
    /// More than 700 characters.
    case tooLong
    /// A control or invisible formatting character: a scanner set up wrongly, or pasted text.
    case controlCharacter
    /// Starts as a credential and is none.
    case credential(CredentialFault)
    /// Looks like an identity number and is none.
    case identity(IdentityNumber.Fault)
    /// A national code (医保码) of 28 digits: it cannot be verified offline, so the screen asks for
    /// the identity card.
    case nationalCode
    /// None of the above: digits of another length, a text of more than 40 characters, signs alone.
    case unrecognised
}

/// Decides what a keyboard-wedge scanner or a person typed.
///
/// White space around it is dropped, full-width characters of a Chinese input method become
/// half-width, and a credential typed with Caps Lock on is read all the same. Digits may be grouped
/// by spaces. Nothing is looked up and nothing is verified here.
public func interpret(_ typed: String) throws(ScanFault) -> Scan {
    guard typed.unicodeScalars.count <= SignedCredential.maximumLength else { throw .tooLong }
    let text = folded(typed)
    guard !text.isEmpty else { throw .empty }
    guard !text.unicodeScalars.contains(where: isControl) else { throw .controlCharacter }

    let capitals = text.uppercased()
    if capitals.hasPrefix(SignedCredential.prefix) { return try credential(capitals) }
    if let scan = try number(text) { return scan }
    guard text.count <= 40, text.unicodeScalars.contains(where: { $0.properties.isAlphabetic })
    else { throw .unrecognised }
    return .name(text)
}

private func credential(_ text: String) throws(ScanFault) -> Scan {
    do {
        return .credential(try SignedCredential(scanned: text))
    } catch {
        throw .credential(error)
    }
}

/// Reads numbers; `nil` for what is mostly no digits and for lengths that mean nothing.
private func number(_ text: String) throws(ScanFault) -> Scan? {
    let compact = text.filter { $0 != " " }
    let digits = compact.utf8.count(where: isDigit)
    let isAllDigits = digits == compact.utf8.count
    switch compact.count {
    case 28 where isAllDigits: throw .nationalCode
    case 20 where isAllDigits: return PersonNumber(rawValue: compact).map(Scan.personNumber)
    // Two thirds: one or two slips still get the precise fault, and no name is that full of digits.
    case 15...18 where digits * 3 >= compact.count * 2: return try identity(compact)
    default: return nil
    }
}

private func identity(_ text: String) throws(ScanFault) -> Scan {
    do {
        return .identityNumber(try IdentityNumber(text))
    } catch {
        throw .identity(error)
    }
}
