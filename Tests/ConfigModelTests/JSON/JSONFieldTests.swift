import ConfigModel
import Testing

@Suite struct JSONFieldTests {
    private func object() throws -> JSONObject {
        try Sample.object(#"{"text":"a","int":7,"real":1.5,"flag":true,"object":{"k":1},"list":[1],"null":null}"#)
    }

    @Test func readsFields() throws {
        let object = try object()
        #expect(try object.string("text") == "a")
        #expect(try object.int64("int") == 7)
        #expect(try object.double("real") == 1.5)
        #expect(try object.bool("flag"))
        #expect(try object.object("object").keys == ["k"])
        #expect(try object.array("list").count == 1)
    }

    @Test func takesAbsentAndNullForNil() throws {
        let object = try object()
        for key in ["null", "absent"] {
            #expect(try object.optionalString(key) == nil)
            #expect(try object.optionalInt64(key) == nil)
            #expect(try object.optionalBool(key) == nil)
            #expect(try object.optionalObject(key) == nil)
            #expect(try object.optionalArray(key) == nil)
            #expect(try object.optionalDouble(key) == nil)
            #expect(throws: JSONFieldError.self) { try object.string(key) }
        }
    }

    @Test func namesTheFieldThatIsWrong() throws {
        let object = try object()
        let type = try #require(throws: JSONFieldError.self) { try object.optionalInt64("text") }
        #expect(type.description == "The field \"text\" must be an integer, not a string.")
        let missing = try #require(throws: JSONFieldError.self) { try object.string("absent") }
        #expect(missing.description == "The field \"absent\" is missing; it must be a string.")
        #expect(throws: JSONFieldError.self) { try object.int64("real") }
    }

    @Test func refusesFieldsThatNobodyKnows() throws {
        let object = try Sample.object(#"{"comment":"a","coment":"b"}"#)
        let error = try #require(throws: JSONFieldError.self) {
            try object.refuseFields(otherThan: ["config_data", "comment"])
        }
        #expect(error.field == "coment")
        #expect(error.description == "The field \"coment\" is unknown here; known are comment, config_data.")
        try object.refuseFields(otherThan: ["coment", "comment"])
    }
}
