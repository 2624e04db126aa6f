import Journaling
import Syncing
import Vocabulary

/// Why a manifest is not released.
public enum ReleaseFault: Error, Equatable, Sendable {
    /// The person who publishes is never the one who releases.
    case samePerson
    /// A key that is not one of the office's.
    case notAnOfficeKey
    case notSignedYet
}

extension Manifest {
    /// A new manifest over sections.
    public static func over(
        _ sections: [String: [UInt8]], role: DocumentRole, county: String, version: Int,
        issued: Instant, days: Int
    ) -> Manifest {
        Manifest(
            role: role, county: county, version: version, issued: issued,
            expires: issued.adding(seconds: days * 86_400),
            sections: sections.map { Section(name: $0.key, bytes: $0.value) })
    }
}

/// The first signature: somebody of the office stands for the content.
public func publish(_ manifest: Manifest, by key: DeviceKey, trust: Trust) throws -> SignedDocument
{
    guard trust.officeKeys.contains(hex(key.publicKey)) else { throw ReleaseFault.notAnOfficeKey }
    return try SignedDocument(role: manifest.role, manifest, key: key)
}

/// The second signature, by another person; from here on kiosks accept it.
public func release(
    _ document: SignedDocument, by key: DeviceKey, trust: Trust
) throws -> SignedDocument {
    let signer = hex(key.publicKey)
    guard trust.officeKeys.contains(signer) else { throw ReleaseFault.notAnOfficeKey }
    let before = document.signers(among: trust.officeKeys)
    guard !before.isEmpty else { throw ReleaseFault.notSignedYet }
    guard !before.contains(signer) else { throw ReleaseFault.samePerson }
    var released = document
    try released.sign(key)
    return released
}
