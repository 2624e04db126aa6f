import CFaultVFS
import Foundation

/// A folder on a disk that loses power, fills up or fails at a chosen operation.
///
/// The product gets its path and nothing else; nothing of it may be open when this goes away.
public final class FaultDisk: @unchecked Sendable {
    public enum Fault: String, CaseIterable, Sendable {
        /// The power goes at the Nth write, truncate, sync or delete.
        case cut
        /// No room from the Nth write on, until `heal`.
        case full
        case write, sync, read

        fileprivate var inC: faultdisk_fault {
            switch self {
            case .cut: FAULTDISK_CUT
            case .full: FAULTDISK_FULL
            case .write: FAULTDISK_WRITE
            case .sync: FAULTDISK_SYNC
            case .read: FAULTDISK_READ
            }
        }
    }

    /// What reached the disk of the operations that no sync followed.
    public enum Survival: Sendable, Hashable {
        case dropped, kept
        case subset(UInt64)
        case torn(UInt64)
    }

    public let folder: String
    private let disk: OpaquePointer

    public init(_ folder: String) throws {
        // SQLite asks by the path the system knows the folder under.
        guard let real = realpath(folder, nil) else { throw Failed(folder: folder) }
        defer { free(real) }
        self.folder = String(cString: real)
        disk = faultdisk_mount(self.folder)
    }

    deinit { faultdisk_unmount(disk) }

    /// Lets the Nth operation of a kind from now on fail; 1 is the next.
    public func arm(_ fault: Fault, at place: Int) { faultdisk_arm(disk, fault.inC, Int64(place)) }

    /// From now on everything works, and is counted.
    public func heal() { faultdisk_arm(disk, FAULTDISK_NONE, 0) }

    public var struck: Bool { faultdisk_struck(disk) != 0 }

    /// Operations since the last arming at which a fault of this kind could have struck.
    public func points(_ fault: Fault) -> Int { Int(faultdisk_points(disk, fault.inC)) }

    /// Makes a folder with what a machine finds after a power cut now.
    public func remains(_ survival: Survival, in folder: String) throws {
        let failed =
            switch survival {
            case .dropped: faultdisk_remains(disk, FAULTDISK_DROPPED, 0, folder)
            case .kept: faultdisk_remains(disk, FAULTDISK_KEPT, 0, folder)
            case .subset(let seed): faultdisk_remains(disk, FAULTDISK_SUBSET, seed, folder)
            case .torn(let seed): faultdisk_remains(disk, FAULTDISK_TORN, seed, folder)
            }
        guard failed == 0 else { throw Failed(folder: folder) }
    }

    public struct Failed: Error { let folder: String }
}
