import ConfigModel
import Testing

@Suite struct JSONWriterTests {
    @Test func writesMembersInTheOrderTold() throws {
        var writer = JSONWriter()
        try writer.object { answer in
            answer.member("z", "text \"quoted\"")
            answer.member("version", Int64(7))
            answer.member("valid", true)
            answer.member("lag", 1.5)
            answer.member("verbatim", verbatim: Array(#"{"b":1.0}"#.utf8))
            answer.object("empty") { _ in }
            try answer.array("list") { list in
                list.element("a")
                list.element(1)
                list.element(try Sample.json(#"{"k":null}"#))
                list.object { $0.member("x", 1) }
                list.array { _ in }
            }
            answer.member("last", JSONValue.null)
        }
        let expected =
            #"{"z":"text \"quoted\"","version":7,"valid":true,"lag":1.5,"verbatim":{"b":1.0},"empty":{},"#
            + #""list":["a",1,{"k":null},{"x":1},[]],"last":null}"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }

    @Test func leavesOutWhatIsNil() {
        var writer = JSONWriter()
        writer.object { answer in
            answer.member("a", nil as String?)
            answer.member("b", nil as Int64?)
            answer.member("c", nil as Bool?)
            answer.member("d", nil as Double?)
            answer.member("e", nil as JSONValue?)
            answer.member("f", 1)
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"f":1}"#)
    }

    @Test func writesNullForWhatJSONCannotSay() {
        var writer = JSONWriter()
        writer.object { $0.member("lag", Double.infinity) }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"lag":null}"#)
    }
}
