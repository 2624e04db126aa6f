import CZip

/// The files of a ZIP archive held in memory.
///
/// Every size is checked before anything is unpacked and counted again while it is, so an archive
/// that lies about its sizes costs no more than one that does not.
public struct ZipArchive {
    public struct Limits: Sendable {
        /// Files in the archive.
        public var files = 2_000
        /// Bytes of one file unpacked.
        public var bytes = 1 << 30
        /// How many times smaller than its content an archive may be; Deflate itself ends at 1032.
        public var ratio = 300

        public init() {}
    }

    /// Names of all files, unpacked or not.
    public private(set) var names: [String] = []
    public private(set) var files: [String: [UInt8]] = [:]

    private init() {}

    public static func isZip(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    }

    /// Unpacks the files that are wanted.
    public init(
        _ packed: [UInt8], limits: Limits = Limits(), wanted: (String) -> Bool = { _ in true }
    ) throws(CatalogueFaults) {
        let result: Result<ZipArchive, CatalogueFaults> = packed.withUnsafeBytes { raw in
            var error = zip_error_t()
            guard
                let source = zip_source_buffer_create(
                    raw.baseAddress, zip_uint64_t(raw.count), 0, &error)
            else { return .failure(CatalogueFaults(.damaged)) }
            guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
                zip_source_free(source)
                return .failure(CatalogueFaults(.damaged))
            }
            defer { zip_discard(archive) }
            return Result { () throws(CatalogueFaults) in
                try ZipArchive.unpack(archive, packed.count, limits, wanted)
            }
        }
        self = try result.get()
    }

    private static func unpack(
        _ archive: OpaquePointer, _ packed: Int, _ limits: Limits, _ wanted: (String) -> Bool
    ) throws(CatalogueFaults) -> ZipArchive {
        let count = Int(zip_get_num_entries(archive, 0))
        guard count <= limits.files else {
            throw CatalogueFaults(.tooLarge, found: "\(count)", expected: "\(limits.files)")
        }
        let most = min(limits.bytes, packed.multipliedReportingOverflow(by: limits.ratio).0)
        var unpacked = ZipArchive()
        var total = 0
        for index in 0..<count {
            var about = zip_stat_t()
            guard zip_stat_index(archive, zip_uint64_t(index), 0, &about) == 0,
                let name = about.name.map({ String(cString: $0) })
            else { throw CatalogueFaults(.damaged) }
            guard !name.hasSuffix("/") else { continue }
            unpacked.names.append(name)
            guard wanted(name) else { continue }
            guard about.size <= zip_uint64_t(most - total) else {
                throw CatalogueFaults(.tooLarge, found: "\(about.size)", expected: "\(most)")
            }
            unpacked.files[name] = try read(archive, index, Int(about.size), name)
            total += Int(about.size)
        }
        return unpacked
    }

    /// Reads one byte more than stated, so that a longer file is found out.
    private static func read(
        _ archive: OpaquePointer, _ index: Int, _ size: Int, _ name: String
    ) throws(CatalogueFaults) -> [UInt8] {
        guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else {
            throw CatalogueFaults(.damaged, found: name)
        }
        defer { zip_fclose(file) }
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while got >= 0, got <= size {
                let read = zip_fread(
                    file, buffer.baseAddress.map { $0 + got }, zip_uint64_t(size + 1 - got))
                // Also where the checksum is not that of the content.
                guard read > 0 else {
                    if read < 0 { got = -1 }
                    break
                }
                got += Int(read)
            }
            count = max(0, got)
        }
        guard got == size else { throw CatalogueFaults(.damaged, found: name) }
        return bytes
    }
}
