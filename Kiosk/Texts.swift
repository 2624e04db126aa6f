/// Every Chinese string of the kiosk, in one place.
enum Texts {
    static func sentence(for error: any Error, phone: String) -> String { "\(error)" }
}
