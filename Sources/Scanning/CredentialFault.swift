import Vocabulary

/// Why a credential was refused; one case for each sentence on the screen.
public enum CredentialFault: Error, Hashable, Sendable {
    /// More than ``SignedCredential/maximumLength`` characters; nothing of it was read.
    case tooLong
    /// Does not start with `NB1:`; some other QR code, or a later format.
    case notOurs
    /// Not built as a credential is; `where` names the part: "base45", "cbor", "message", "header",
    /// "signature", "claims" or one claim such as "birth". For the log, not for the screen.
    case malformed(where: String)
    /// Signed by a method other than EdDSA; never tried.
    case algorithm
    /// None of the keys in hand has this credential's key number: from elsewhere, or our list of
    /// keys is old.
    case unknownKey
    /// A key of that number is in hand and the signature does not fit.
    case forged
    /// No longer good; carries the last day on which it was.
    case expired(Day)
    /// Genuine, and of another county, whose code is carried.
    case otherCounty(String)
}
