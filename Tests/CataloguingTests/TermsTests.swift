import Testing
@testable import Cataloguing
@Suite struct TermsTests {}
