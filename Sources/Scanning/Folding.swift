/// The text without white space around it and with full-width forms (！…～, ideographic space) as
/// their half-width equals, because Chinese input methods type either.
func folded(_ typed: String) -> String {
    var scalars = Array(typed.unicodeScalars)
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    let kept = scalars.drop { $0.properties.isWhitespace }.map(halfWidth)
    return String(String.UnicodeScalarView(kept))
}

private func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3000: " "
    default: scalar
    }
}

/// Characters that are not seen and have no place in a name or a number: controls, line breaks, and
/// format characters, which can turn the reading direction of what stands beside them.
func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}

func isDigit(_ character: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
}
