import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

// A device's key becomes a certificate, and a certificate becomes a device again at each request.
extension Office {
    /// Takes a device's key against its one-time code, and vouches for it.
    ///
    /// The same key again gets a new certificate without a code: that is how one is renewed, and
    /// how a device finds its way back after the county was set back to a backup.
    func register(_ registration: Registration) throws -> DeviceCertificate {
        guard registration.isSigned, let key = unhex(registration.publicKey) else {
            throw OfficeFault.unsigned(registration.kiosk)
        }
        let isNew = try admit(registration)
        let certificate = try authority.certify(
            registration.kiosk, publicKey: key, randomness: randomness, now: clock.now())
        try store.write { session in
            try session.put(
                IssuedCertificate(
                    serial: certificate.serial, kiosk: registration.kiosk,
                    publicKey: registration.publicKey, expires: certificate.expires))
        }
        // The newcomer needs a roll of its township tonight, not tomorrow.
        if isNew, try store.read({ try $0.memberCount() }) > 0 { try publishDaily() }
        return certificate
    }

    /// Checks who registers, and spends the code.
    ///
    /// - Returns: whether the device is new.
    private func admit(_ registration: Registration) throws -> Bool {
        let kiosk = registration.kiosk
        // A wrong try is written down although the registration is refused.
        let outcome: Result<Bool, OfficeFault> = try store.write { session in
            guard var journal = try session.journal(kiosk) else {
                guard let journal = try remember(registration) else {
                    return .failure(.unknownDevice(kiosk))
                }
                try session.put(journal)
                try session.put(EnrolledDevice(kiosk: kiosk, stickKey: registration.stickKey))
                return .success(false)
            }
            guard !journal.revoked else { return .failure(.revoked(kiosk)) }
            if journal.publicKey == registration.publicKey { return .success(false) }
            guard journal.publicKey.isEmpty else { return .failure(.alreadyRegistered(kiosk)) }
            if let fault = try spend(&journal, registration) {
                try session.put(journal)
                return .failure(fault)
            }
            journal.publicKey = registration.publicKey
            try session.put(journal)
            try session.put(EnrolledDevice(kiosk: kiosk, stickKey: registration.stickKey))
            return .success(true)
        }
        return try outcome.get()
    }

    private func spend(
        _ journal: inout StoredJournal, _ registration: Registration
    ) throws -> OfficeFault? {
        let kiosk = journal.kiosk
        guard !journal.oneTimeCode.isEmpty,
            var code = try? CompactJSON.decode(
                PendingCode.self, from: Array(journal.oneTimeCode.utf8)),
            clock.now() < code.expires, code.triesLeft > 0, let secret = unhex(code.secret)
        else { return .noCode(kiosk) }
        guard registration.isProven(by: secret) else {
            code.triesLeft -= 1
            journal.oneTimeCode = String(
                decoding: try CompactJSON.encode(code), as: UTF8.self)
            return .wrongCode(kiosk, left: code.triesLeft)
        }
        journal.oneTimeCode = ""
        return nil
    }

    /// The device behind a certificate TLS has verified, by the certificate's serial number.
    ///
    /// TLS itself knows nothing of revocation, so the registry is asked at every request.
    nonisolated func device(certificate serial: String) throws -> StoredJournal {
        try store.read { session in
            guard let issued = try session.certificate(serial),
                let journal = try session.journal(issued.kiosk),
                issued.publicKey == journal.publicKey, clock.now() < issued.expires
            else { throw OfficeFault.noCertificate }
            guard !journal.revoked else { throw OfficeFault.revoked(issued.kiosk) }
            return journal
        }
    }

    /// Which sections a device may read.
    nonisolated func recipient(of journal: StoredJournal) throws -> Recipient {
        try store.read { session in
            guard
                let place = try session.institutions().first(where: {
                    $0.code == journal.institution
                })
            else { throw OfficeFault.unknownInstitution(journal.institution) }
            return Recipient(
                kiosk: journal.kiosk, institution: place.code, township: place.township)
        }
    }

    /// What a device that was only told a code gets: everything it is to believe, under a keyed
    /// hash that nobody can make who does not know the code.
    func join(_ registration: Registration) throws -> JoinAnswer {
        let pending = try store.read { try $0.journal(registration.kiosk)?.oneTimeCode }
        let certificate = try register(registration)
        guard let pending,
            let code = try? CompactJSON.decode(PendingCode.self, from: Array(pending.utf8)),
            let secret = unhex(code.secret)
        else { throw OfficeFault.noCode(registration.kiosk) }
        let provision = try store.read { session in
            guard let journal = try session.journal(registration.kiosk),
                let place = try session.institutions().first(where: {
                    $0.code == journal.institution
                })
            else { throw OfficeFault.unknownDevice(registration.kiosk) }
            return Provision(
                trust: trust, desk: try assignment(journal, place), server: "",
                oneTimeCode: "", authority: try authority.pem,
                stickKey: stickKey.stickPublicKey, stickSigner: hex(stickKey.publicKey))
        }
        return try JoinAnswer(
            Welcome(provision: provision, certificate: certificate), to: registration,
            secret: secret)
    }
}
