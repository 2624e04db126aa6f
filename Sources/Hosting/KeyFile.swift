import Crypto
import Foundation
import Journaling
import Vocabulary

extension DeviceKey {
    /// A key from its file, made there at first use; the secret never leaves the device.
    public static func kept(at path: String, randomness: Randomness) throws -> DeviceKey {
        if FileManager.default.fileExists(atPath: path) {
            // A key that cannot be read is never replaced: with another one nobody would believe us.
            let text = try readFile(path, limit: 1024)
            let digits = String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace }
            guard let raw = unhex(digits), let key = try? DeviceKey(raw: raw) else {
                throw FileFault(path: path, message: "is no device key; restore it from the backup")
            }
            return key
        }
        let key = try DeviceKey(raw: randomness.bytes(32))
        try writeFile(path, Array((hex(key.raw) + "\n").utf8), secret: true)
        return key
    }
}
