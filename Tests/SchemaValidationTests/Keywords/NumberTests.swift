import ConfigModel
import SchemaValidation
import Testing

/// Numbers are compared as they are written: no doubles, no rounding, no limit.
@Suite struct NumberTests {
    private static let comparisons: [(String, [String], [String])] = [
        (#"{"const":1}"#, ["1", "1.0", "1e0", "10e-1", "0.1E1"], ["1.00000000000000000001", "-1", "1e1"]),
        (#"{"enum":[{"a":[100]}]}"#, [#"{"a":[1e2]}"#, #"{"a":[100.0]}"#], [#"{"a":[1e3]}"#]),
        (#"{"const":0}"#, ["0", "-0", "0.0", "0e99999999999999999999"], ["1e-400", "5e-324"]),
        (#"{"const":18446744073709551617}"#, ["18446744073709551617.0"], ["18446744073709551616"]),
        (#"{"maximum":0.3}"#, ["0.3", "0.30", "0.29999999999999999999"], ["0.30000000000000000001"]),
        (#"{"minimum":1180591620717411303424}"#, ["1180591620717411303424", "1e400"], ["1180591620717411303423"]),
        (#"{"exclusiveMinimum":-1e-400}"#, ["0", "-1e-401"], ["-1e-400", "-10e-401", "-1"]),
        (#"{"exclusiveMaximum":9007199254740993}"#, ["9007199254740992"], ["9007199254740993", "1e999999999999999"]),
        (#"{"multipleOf":0.1}"#, ["0.3", "1", "1e400", "-7.70"], ["0.35", "1e-2", "1e-400"]),
        (#"{"multipleOf":3}"#, ["9", "3e400", "111111111111111111111"], ["1e400", "10", "0.3"]),
        (#"{"multipleOf":7}"#, ["7e99999999999999999999", "0e5"], ["1e99999999999999999999"]),
        (#"{"multipleOf":1e-8}"#, ["12391239123", "1e308", "0.00000001"], ["0.000000001"]),
        (#"{"multipleOf":1180591620717411303424}"#, ["2361183241434822606848", "0"], ["1180591620717411303425"]),
        (#"{"type":"integer"}"#, ["1e400", "1.0", "-0.0", "12.30e1"], ["1e-1", "12.34e1", "1e-99999999999999999999"]),
        (
            #"{"uniqueItems":true}"#, ["[1,1.5]", "[1e99999999999999999999,1e99999999999999999998]"],
            ["[1,1.0]", "[[0],[-0]]"]
        ),
        (#"{"maxLength":2.0}"#, [#""ab""#], [#""abc""#]), (#"{"minItems":1e0}"#, ["[1]"], ["[]"]),
        (#"{"maxItems":1e300}"#, ["[1]"], []),
    ]

    @Test(arguments: NumberTests.comparisons)
    func numbersAreComparedExactly(schema: String, valid: [String], invalid: [String]) throws {
        for document in valid { #expect(try Checking.violations(schema, document) == [], "\(document)") }
        for document in invalid { #expect(try !Checking.violations(schema, document).isEmpty, "\(document)") }
    }

    @Test func longNumbersTakeTimeInProportionToTheirLength() throws {
        let long = String(repeating: "7", count: 200_000)
        #expect(try Checking.violations(#"{"multipleOf":7,"maximum":1e200000,"type":"integer"}"#, long) == [])
        #expect(try Checking.violations(#"{"maximum":1e199999}"#, long).map(\.keyword) == ["maximum"])
    }
}
