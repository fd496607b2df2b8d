"""What an evidence file proves: every class of altered bytes is refused, each with its reason."""

import copy
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicehall.evidence import hashtree, judging
from servicehall.kernel.errors import Invalid
from servicehall.registries import protocol
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import jws, timestamps
from servicehall.signing.adapters.authority import TSA
from servicehall.signing.signer import Issuer, Signer
from servicehall.signing.stamper import Stamper
from tests.cases.halls import Scene
from tests.evidence.halls import case, hall, packed, parts, plain, stage, taken, whole

__all__ = ["case", "hall", "stage"]
SAME = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


@pytest.fixture(scope="module")
def content(stage: Scene, case: str) -> bytes:
    return taken(stage, case)


@pytest.fixture(scope="module")
def judge(stage: Scene):
    adapters = stage.hall.adapters
    anchors, stamping = adapters[Signer].anchors(), adapters[Stamper].anchors()

    def judged(told: dict | bytes, *, number: int = 0) -> str:
        """What is wrong with exchange *number*; "" if nothing is."""
        given_ = told if isinstance(told, bytes) else whole(told)
        return judging.judged(given_, anchors, stamping)[number].wrong

    return judged


def flipped(content: bytes, place: int) -> bytes:
    altered = bytearray(content)
    altered[place] ^= 1
    return bytes(altered)


def test_a_file_as_it_was_given_out_is_proven(content, judge):
    for number in range(len(parts(content)["exchanges"])):
        assert judge(content, number=number) == ""


class TestEachClassOfBytesHasItsReason:
    @pytest.fixture
    def told(self, content):
        return copy.deepcopy(parts(content))

    def test_the_question(self, told, judge):
        one = told["exchanges"][0]
        sent = plain(one["request"])
        one["request"] = packed(sent.replace(b'"purpose":"', b'"purpose":"x'))
        assert "提问的原文被改动过" in judge(told)

    def test_the_line_and_headers_of_the_question(self, told, judge):
        one = told["exchanges"][0]
        one["request"] = packed(plain(one["request"]).replace(b"X-Signature: ", b"X-Signature: 0"))
        assert "不在加盖时间戳的那一批里" in judge(told)

    def test_a_question_that_is_none(self, told, judge):
        told["exchanges"][0]["request"] = packed(b"POST /\r\n\r\n{}")
        assert "提问的原文不能读取" in judge(told)

    def test_another_question(self, told, judge):
        first, second = told["exchanges"][:2]
        first["request"] = second["request"]
        assert "答复的是另一次提问" in judge(told)

    def test_the_answer(self, told, judge):
        one = told["exchanges"][0]
        head, said, mark = one["response"].split(".")
        altered = jws._decoded(said).replace(b'"records":[', b'"records":[{},')
        one["response"] = f"{head}.{jws._encoded(altered)}.{mark}"
        assert judge(told) == "签名与内容不符，内容被改动过"

    def test_the_signature_of_the_answer(self, told, judge):
        one = told["exchanges"][0]
        head, said, mark = one["response"].split(".")
        one["response"] = f"{head}.{said}.{jws._encoded(flipped(jws._decoded(mark), 40))}"
        assert judge(told) == "签名与内容不符，内容被改动过"

    def test_an_answer_that_is_no_record(self, told, judge):
        told["exchanges"][0]["response"] = "e30.e30.e30"
        assert "答复不是部门签名的记录" in judge(told)

    def test_an_answer_signed_by_another_department(self, told, judge, stage):
        one = told["exchanges"][0]
        envelope = jws.opened(one["response"], typ=protocol.TYP)
        other = Issuer(DATASETS["education.degree"].provider, "示范区教育局")
        signer = stage.hall.adapters[Signer]
        one["response"] = jws.seal(
            signer, other, envelope.payload, typ=protocol.TYP, now=envelope.at
        )
        assert "不是这个数据集的提供部门" in judge(told)

    def test_an_answer_made_up_by_its_provider_afterwards(self, told, judge, stage):
        one = told["exchanges"][0]
        envelope = jws.opened(one["response"], typ=protocol.TYP)
        answer = protocol.parse(protocol.Response, envelope.payload)
        provider = Issuer(DATASETS[answer.dataset].provider, "示范部门")
        later = envelope.at + timedelta(days=30)
        one["response"] = jws.seal(
            stage.hall.adapters[Signer], provider, envelope.payload, typ=protocol.TYP, now=later
        )
        assert "不在加盖时间戳的那一批里" in judge(told)

    def test_an_answer_that_is_younger_than_its_timestamp(self, told, judge, stage):
        one, (batch, *_) = told["exchanges"][0], told["batches"]
        envelope = jws.opened(one["response"], typ=protocol.TYP)
        entry = hashtree.leaf(plain(one["request"]), one["response"].encode())
        early = envelope.at - timedelta(minutes=6)
        token = timestamps.made(entry, stage.hall.adapters[Signer], TSA, now=early)
        told["exchanges"], one["path"], one["place"] = [one], [], 0
        told["batches"] = [{**batch, "size": 1, "root": entry.hex(), "token": packed(token)}]
        assert judge(told) == "时间戳早于部门答复的时间"

    def test_the_path(self, told, judge):
        told["exchanges"][0]["path"][0] = "0" * 64
        assert "不在加盖时间戳的那一批里" in judge(told)

    def test_a_path_that_is_too_short(self, told, judge):
        told["exchanges"][0]["path"].pop()
        assert "不在加盖时间戳的那一批里" in judge(told)

    def test_the_place_and_the_size(self, told, judge):
        told["exchanges"][0]["place"] += 1
        assert "不在加盖时间戳的那一批里" in judge(told)
        told["exchanges"][0]["place"] = 10_000
        assert "不在加盖时间戳的那一批里" in judge(told)

    def test_the_root(self, told, judge):
        told["batches"][0]["root"] = "0" * 64
        assert judge(told) == "时间戳是给另一份内容加盖的"

    def test_the_timestamp(self, told, judge):
        batch = told["batches"][0]
        token = plain(batch["token"])
        batch["token"] = packed(flipped(token, len(token) - 8))
        assert judge(told) == "时间戳的签名与内容不符，时间戳被改动过"
        batch["token"] = packed(token[:-1])
        assert judge(told) == "时间戳不能读取，内容被改动过"

    def test_another_encoding_of_the_same_bytes(self, told, judge):
        told["batches"][0]["token"] += "\n"
        assert "编码不正确" in judge(told)

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"more": 1}, "不是证据文件"), ({"version": 2}, "不是证据文件"),
            ({"type": "other"}, "不是证据文件"), ({"exchanges": []}, "不是证据文件"),
            ({"batches": []}, "不是证据文件"),
        ],
    )  # fmt: skip
    def test_another_shape(self, told, judge, change, words):
        with pytest.raises(Invalid, match=words):
            judge({**told, **change})

    def test_timestamps_and_exchanges_that_do_not_belong_together(self, told, judge):
        told["exchanges"][0]["batch"] = 7
        with pytest.raises(Invalid, match="对不上"):
            judge(told)
        told["exchanges"][0]["batch"] = 0
        told["batches"].append(told["batches"][0])
        with pytest.raises(Invalid, match="对不上"):
            judge(told)

    def test_blanks_that_nobody_wrote(self, content, judge):
        with pytest.raises(Invalid, match="规范格式"):
            judge(content + b"\n")

    @pytest.mark.parametrize("other", [b"", b"[]", b"null", b"\xff", b"{" * 100_000])
    def test_what_is_no_evidence_at_all(self, judge, other):
        with pytest.raises(Invalid, match="不是证据文件"):
            judge(other)

    def test_what_is_too_large(self, judge, monkeypatch, content):
        monkeypatch.setattr(judging, "MOST_BYTES", 10)
        with pytest.raises(Invalid, match="太大"):
            judge(content)


@SAME
@given(data=st.data())
def test_any_changed_byte_of_the_file_is_noticed(content, stage, data):
    place = data.draw(st.integers(0, len(content) - 1))
    altered = bytearray(content)
    altered[place] ^= data.draw(st.integers(1, 127))
    adapters = stage.hall.adapters
    try:
        found = judging.judged(
            bytes(altered), adapters[Signer].anchors(), adapters[Stamper].anchors()
        )
    except Invalid:
        return
    assert any(one.wrong for one in found)


def test_without_the_root_nothing_is_proven(content):
    assert all(one.wrong for one in judging.judged(content, (), ()))
