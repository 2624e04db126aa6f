import Collecting
import Identifying
import Journaling
import Publishing
import Syncing

@testable import Kiosk
@testable import SyncServer

extension World {
    /// Answers that people and programs get in the ordinary course. Anything else (an error of the
    /// database, of a decoder, of a file) is a fault wherever it comes up.
    static func isTold(_ error: any Error) -> Bool {
        switch error {
        case is LineDown, is Machine.NotRunning, is Refusal, is IdentificationFault, is NotDue,
            is RoundFault, is SyncFault, is ParcelFault, is DocumentFault, is StickFault,
            is DraftFault, is ReleaseFault, is Till.Fault, is CompressionFault:
            true
        case let fault as OfficeFault: fault != .noCounty
        default: false
        }
    }
}
