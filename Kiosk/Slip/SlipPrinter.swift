import Foundation
import Hosting
import Printing

/// Where slips are printed, as a value; a test or a box without a printer writes files.
struct SlipPrinter: Sendable {
    let print: @Sendable (_ escpos: [UInt8], _ name: String) throws -> Void

    /// Writes NAME.escpos into a folder.
    static func file(_ folder: String) -> SlipPrinter {
        SlipPrinter { bytes, name in
            try makeFolder(folder)
            try writeFile("\(folder)/\(name).escpos", bytes)
        }
    }

    /// Sends to a printer's device file, such as /dev/usb/lp0.
    static func device(_ path: String) -> SlipPrinter {
        SlipPrinter { bytes, _ in
            guard let handle = FileHandle(forWritingAtPath: path) else {
                throw FileFault(path: path, message: "no printer answers there")
            }
            defer { try? handle.close() }
            try handle.write(contentsOf: bytes)
        }
    }
}

extension Site {
    /// Prints the slip of an entry; what is settled stays settled where the paper has run out.
    ///
    /// - Returns: whether it was printed.
    func printSlip(_ sequence: Int) async -> Bool {
        do {
            let slip = try await desk.slip(sequence)
            try printer.print(try slip.escpos(), "\(slip.proof.kiosk)-\(sequence)")
            return true
        } catch {
            return false
        }
    }
}
