import Crypto
import Foundation
import Hosting
import Journaling
import NIOSSL
import SwiftASN1
import Syncing
import Vocabulary
import X509

/// The county's own small certificate authority: it vouches for the county's server and for the
/// devices the county enrolled, and for nothing else.
struct Authority: Sendable {
    let certificate: Certificate
    private let key: P256.Signing.PrivateKey
    private let name: DistinguishedName
    private let serverName: String

    /// The authority of a county, made at first use and kept with the county's other keys.
    static func kept(in folder: String, county: String, randomness: Randomness) throws -> Authority
    {
        let (keyPath, path) = (folder + "/authority.key", folder + "/authority.pem")
        guard FileManager.default.fileExists(atPath: keyPath) else {
            let key = try P256.Signing.PrivateKey(rawRepresentation: randomness.bytes(32))
            try writeFile(keyPath, Array(key.pemRepresentation.utf8), secret: true)
            return try Authority(key: key, county: county, path: path, randomness: randomness)
        }
        let pem = String(decoding: try readFile(keyPath, limit: 4096), as: UTF8.self)
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else {
            // Another key would make every device of the county a stranger.
            throw FileFault(path: keyPath, message: "is no key; restore it from the backup")
        }
        return try Authority(key: key, county: county, path: path, randomness: randomness)
    }

    private init(
        key: P256.Signing.PrivateKey, county: String, path: String, randomness: Randomness
    ) throws {
        self.key = key
        name = try DistinguishedName { CommonName("county \(county)") }
        serverName = CountyName.server(county)
        if let held = try? readFile(path, limit: 65_536) {
            certificate = try Certificate(pemEncoded: String(decoding: held, as: UTF8.self))
            return
        }
        certificate = try Certificate(
            version: .v3, serialNumber: Authority.serial(randomness),
            publicKey: .init(key.publicKey), notValidBefore: Authority.always.lowerBound,
            notValidAfter: Authority.always.upperBound, issuer: name, subject: name,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
            }, issuerPrivateKey: .init(key))
        try writeFile(path, Array(try certificate.serializeAsPEM().pemString.utf8))
    }

    /// A box whose clock battery is dead believes it is 1970, and must still be able to ask the
    /// county; so the county's own certificates are never too young, nor too old before 2050.
    private static let always =
        Date(timeIntervalSince1970: 0)...Date(timeIntervalSince1970: 2_524_607_999)

    /// Twelve random bytes that DER neither pads nor shortens.
    private static func serial(_ randomness: Randomness) -> Certificate.SerialNumber {
        let bytes = randomness.bytes(12)
        return Certificate.SerialNumber(bytes: [0x40 | (bytes[0] & 0x3F)] + bytes.dropFirst())
    }

    var pem: String { get throws { try certificate.serializeAsPEM().pemString } }

    /// Vouches that a key belongs to a device.
    ///
    /// Its end stands in the registry, which is asked at every request: a device whose certificate
    /// has run out is told so and renews it, where TLS would only break the line.
    func certify(
        _ kiosk: KioskID, publicKey: [UInt8], randomness: Randomness, now: Instant
    ) throws -> DeviceCertificate {
        let serial = Authority.serial(randomness)
        let expires = now.adding(seconds: DeviceCertificate.daysValid * 86_400)
        let issued = try Certificate(
            version: .v3, serialNumber: serial,
            publicKey: .init(try Curve25519.Signing.PublicKey(rawRepresentation: publicKey)),
            notValidBefore: Authority.always.lowerBound,
            notValidAfter: Authority.always.upperBound, issuer: name,
            subject: try DistinguishedName { CommonName(kiosk.rawValue) },
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                try ExtendedKeyUsage([.clientAuth])
            }, issuerPrivateKey: .init(key))
        return DeviceCertificate(
            pem: try issued.serializeAsPEM().pemString, serial: hex(serial.bytes), expires: expires)
    }

    /// TLS for the sync interface, under a key that lives as long as this process.
    ///
    /// A certificate is asked for and not insisted on, since a device without one must be able to
    /// register; every other route insists.
    func serverConfiguration(randomness: Randomness) throws -> TLSConfiguration {
        let own = try P256.Signing.PrivateKey(rawRepresentation: randomness.bytes(32))
        let leaf = try Certificate(
            version: .v3, serialNumber: Authority.serial(randomness),
            publicKey: .init(own.publicKey), notValidBefore: Authority.always.lowerBound,
            notValidAfter: Authority.always.upperBound, issuer: name,
            subject: try DistinguishedName { CommonName(serverName) },
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames([.dnsName(serverName)])
            }, issuerPrivateKey: .init(key))
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try leaf.forTLS)],
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(own.derRepresentation), format: .der)))
        tls.minimumTLSVersion = .tlsv13
        tls.trustRoots = .certificates([try certificate.forTLS])
        tls.certificateVerification = .optionalVerification
        tls.verifySignatureAlgorithms = [.ed25519, .ecdsaSecp256R1Sha256]
        return tls
    }
}

extension Certificate {
    fileprivate var forTLS: NIOSSLCertificate {
        get throws {
            var serializer = DER.Serializer()
            try serializer.serialize(self)
            return try NIOSSLCertificate(bytes: serializer.serializedBytes, format: .der)
        }
    }
}
