import CPostgres
import Vocabulary

/// Why PostgreSQL did not do what was asked. Never carries values, only what the server says first.
struct PostgresFault: Error, Equatable {
    /// Five letters and digits (Appendix A of PostgreSQL's manual); empty where there is no server.
    let state: String
    let message: String

    static let connectionLost = "08006"
    /// A setting by which the server may forget what it has committed.
    static let notDurable = "55000"
}

/// One connection, used by one thread at a time; the store's pool sees to that.
final class PostgresWire: @unchecked Sendable {
    private let connection: OpaquePointer

    /// - Parameter address: a connection string as libpq takes it.
    init(_ address: String) throws {
        guard let connection = PQconnectdb(address) else {
            throw PostgresFault(state: "", message: "no memory")
        }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else {
            // Whole already: throwing runs `deinit`, which finishes the connection.
            throw PostgresFault(state: "", message: String(cString: PQerrorMessage(connection)))
        }
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
    }

    deinit { PQfinish(connection) }

    var isSound: Bool { PQstatus(connection) == CONNECTION_OK }

    /// Runs one statement; values go and rows come in binary.
    func ask(_ sql: String, _ values: [PostgresValue] = []) throws -> PostgresAnswer {
        let types = values.map(\.type)
        let lengths = values.map { Int32($0.bytes?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: values.count)
        // One block for all values, so that none needs a pin of its own.
        let block = values.flatMap { $0.bytes ?? [] }
        let result = block.withUnsafeBufferPointer { block in
            var offset = 0
            let places = values.map { value -> UnsafePointer<CChar>? in
                guard let bytes = value.bytes else { return nil }
                defer { offset += bytes.count }
                // Where there are no bytes any address but none does.
                guard let base = block.baseAddress else { return PostgresWire.somewhere }
                return UnsafeRawPointer(base + offset).assumingMemoryBound(to: CChar.self)
            }
            return PQexecParams(
                connection, sql, Int32(values.count), types, places, lengths, formats, 1)
        }
        guard let result else { throw lost() }
        let answer = PostgresAnswer(result)
        if answer.isDone { return answer }
        guard let fault = answer.fault, isSound else { throw lost() }
        throw fault
    }

    /// Several statements without values, such as a schema.
    func runAll(_ sql: String) throws {
        guard let result = PQexec(connection, sql) else { throw lost() }
        let answer = PostgresAnswer(result)
        guard answer.isDone else { throw answer.fault ?? lost() }
    }

    private func lost() -> PostgresFault {
        PostgresFault(
            state: PostgresFault.connectionLost,
            message: String(cString: PQerrorMessage(connection)))
    }

    private nonisolated(unsafe) static let somewhere: UnsafePointer<CChar> = {
        UnsafePointer(UnsafeMutablePointer<CChar>.allocate(capacity: 1))
    }()
}

/// A value, or a list of values, as the server reads it.
struct PostgresValue {
    let type: Oid
    /// `nil` for nothing.
    let bytes: [UInt8]?

    private static let (int8, text, bytea) = (Oid(20), Oid(25), Oid(17))

    init(_ value: SQLValue) {
        bytes = PostgresValue.bytes(value)
        type = PostgresValue.type(value)
    }

    /// A column of many rows as one array; all values are of the first one's type.
    init(list values: [SQLValue]) {
        let element = values.first.map(PostgresValue.type) ?? PostgresValue.text
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * 16 + 20)
        // One dimension, nothing missing, element type, length, and the first index is 1.
        for word in [1, 0, UInt32(element), UInt32(values.count), 1] {
            bytes.append(bigEndian: word)
        }
        for value in values {
            let content = PostgresValue.bytes(value) ?? []
            bytes.append(bigEndian: UInt32(content.count))
            bytes += content
        }
        self.bytes = bytes
        type = 0
    }

    static func name(ofListWith value: SQLValue) -> String {
        switch value {
        case .int: "bigint[]"
        case .text, .null: "text[]"
        case .blob: "bytea[]"
        }
    }

    private static func type(_ value: SQLValue) -> Oid {
        switch value {
        case .null: 0
        case .int: int8
        case .text: text
        case .blob: bytea
        }
    }

    private static func bytes(_ value: SQLValue) -> [UInt8]? {
        switch value {
        case .null: nil
        case .int(let number): withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
        case .text(let text): Array(text.utf8)
        case .blob(let bytes): bytes
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian word: UInt32) {
        Swift.withUnsafeBytes(of: word.bigEndian) { append(contentsOf: $0) }
    }
}

/// What the server answered; freed with the last reference.
final class PostgresAnswer {
    private let result: OpaquePointer
    let names: [String]
    private let types: [Oid]

    init(_ result: OpaquePointer) {
        self.result = result
        let columns = 0..<PQnfields(result)
        names = columns.map { String(cString: PQfname(result, $0)) }
        types = columns.map { PQftype(result, $0) }
    }

    deinit { PQclear(result) }

    var isDone: Bool { [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) }

    /// Why the server did not do it; `nil` where it said nothing.
    var fault: PostgresFault? {
        guard let state = field("C") else { return nil }
        return PostgresFault(state: state, message: field("M") ?? "")
    }

    private func field(_ code: Character) -> String? {
        PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
    }

    var count: Int { Int(PQntuples(result)) }
    /// Rows added, changed or removed.
    var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    func row(_ place: Int) -> SQLRow {
        SQLRow(names: names, values: names.indices.map { value(Int32(place), Int32($0)) })
    }

    private func value(_ row: Int32, _ column: Int32) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0 else { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
        switch types[Int(column)] {
        case 20: return .int(Int(bytes.integer(as: Int64.self)))
        case 23: return .int(Int(bytes.integer(as: Int32.self)))
        case 17: return .blob(Array(bytes))
        case 19, 25, 1043: return .text(String(decoding: bytes, as: UTF8.self))
        default: preconditionFailure("a column of type \(types[Int(column)])")
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func integer<Number: FixedWidthInteger>(as type: Number.Type) -> Number {
        Number(bigEndian: loadUnaligned(as: type))
    }
}
