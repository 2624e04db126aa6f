/// A diagnosis of the national list (ICD-10 医保版 2.0).
public struct Diagnosis: Hashable, Sendable, Codable {
    public let code: String
    public let name: String
    /// Pinyin initials of the name, lower case.
    public let initials: String

    public init(code: String, name: String, initials: String) {
        self.code = code
        self.name = name
        self.initials = initials
    }
}
