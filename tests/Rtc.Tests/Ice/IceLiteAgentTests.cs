using System.Text;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Stun;

namespace Classroom.Rtc.Tests.Ice;

public sealed class IceLiteAgentTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(1000);
    private static readonly NetAddress s_one = NetAddress.FromIPv4([192, 0, 2, 1], 1111);
    private static readonly NetAddress s_two = NetAddress.FromIPv4([192, 0, 2, 2], 2222);
    private readonly IceCredentials _credentials = IceCredentials.New();
    private readonly IceLiteAgent _agent;
    private readonly byte[] _response = new byte[StunWriter.MaxLength];
    private int _responseLength;
    private byte _transaction;

    public IceLiteAgentTests() => _agent = new IceLiteAgent(_credentials);

    [Fact]
    public void Credentials_are_long_enough_and_do_not_repeat()
    {
        Assert.Equal(8, _credentials.Ufrag.Length);
        Assert.Equal(24, _credentials.Password.Length);
        Assert.NotEqual(_credentials, IceCredentials.New());
        Assert.DoesNotContain(_credentials.Password, _credentials.ToString());
    }

    [Fact]
    public void The_first_check_validates_and_is_answered_with_its_address()
    {
        Assert.False(_agent.IsValidated(s_one));
        Assert.Equal(IceResult.Validated, Check(s_one));
        Assert.True(_agent.IsValidated(s_one));
        Assert.False(_agent.HasSelected);

        Assert.True(StunMessage.TryParse(_response.AsSpan(0, _responseLength), out var answer));
        Assert.Equal(StunClass.Success, answer.Class);
        Assert.True(answer.VerifyIntegrity(Encoding.UTF8.GetBytes(_credentials.Password)));
        Assert.True(answer.VerifyFingerprint());
        Assert.True(answer.TryGetXorMappedAddress(out var mapped));
        Assert.Equal(s_one, mapped);
        Assert.Equal(IceResult.Answered, Check(s_one));
    }

    [Fact]
    public void The_latest_nomination_is_selected()
    {
        Assert.Equal(IceResult.Selected, Check(s_one, nominate: true));
        Assert.Equal(s_one, _agent.Selected);
        Assert.Equal(IceResult.Answered, Check(s_one, nominate: true));
        Assert.Equal(IceResult.Validated, Check(s_two));
        Assert.Equal(s_one, _agent.Selected);
        Assert.Equal(IceResult.Selected, Check(s_two, nominate: true));
        Assert.Equal(s_two, _agent.Selected);
    }

    [Fact]
    public void A_wrong_password_or_name_gets_no_answer()
    {
        Assert.Equal(IceResult.Refused, Check(s_one, credentials: _credentials with { Password = "guessed" }));
        Assert.Equal(IceResult.Refused, Check(s_one, credentials: _credentials with { Ufrag = "stranger" }));
        Assert.Equal(0, _responseLength);
        Assert.False(_agent.IsValidated(s_one));
        Assert.Equal(2, _agent.RefusedCount);
    }

    [Fact]
    public void A_check_before_the_peers_description_is_answered_and_a_strangers_after_it_is_not()
    {
        Assert.Equal(IceResult.Validated, Check(s_one, remoteUfrag: "peer"));
        _agent.RemoteUfrag = "peer";
        Assert.Equal(IceResult.Answered, Check(s_one, remoteUfrag: "peer"));
        Assert.Equal(IceResult.Refused, Check(s_one, remoteUfrag: "other"));
        Assert.Equal(IceResult.Refused, Check(s_one, remoteUfrag: "peer2"));
    }

    [Fact]
    public void A_peer_that_wants_to_be_controlled_is_told_otherwise()
    {
        Assert.Equal(IceResult.Rejected, Check(s_one, controlling: false));
        Assert.True(StunMessage.TryParse(_response.AsSpan(0, _responseLength), out var answer));
        Assert.Equal(487, answer.ErrorCode);
        Assert.False(_agent.IsValidated(s_one));
    }

    [Fact]
    public void Consent_is_renewed_by_checks_only()
    {
        Assert.Equal(Instant.Never, _agent.ConsentExpires);
        Check(s_one, nominate: true);
        Assert.Equal(s_start + TimeSpan.FromSeconds(30), _agent.ConsentExpires);
        Check(s_one, credentials: _credentials with { Password = "guessed" }, now: s_start + TimeSpan.FromSeconds(10));
        Assert.Equal(s_start + TimeSpan.FromSeconds(30), _agent.ConsentExpires);
        Check(s_one, now: s_start + TimeSpan.FromSeconds(20));
        Assert.Equal(s_start + TimeSpan.FromSeconds(50), _agent.ConsentExpires);
    }

    [Fact]
    public void Eight_addresses_are_remembered_and_the_selected_one_is_never_pushed_out()
    {
        Check(s_one, nominate: true);
        for (byte i = 0; i < 20; i++)
        {
            Check(NetAddress.FromIPv4([10, 0, 0, i], 1), now: s_start + TimeSpan.FromMilliseconds(i));
        }

        Assert.True(_agent.IsValidated(s_one));
        Assert.Equal(7, Enumerable.Range(0, 20).Count(i => _agent.IsValidated(NetAddress.FromIPv4([10, 0, 0, (byte)i], 1))));
        Assert.True(_agent.IsValidated(NetAddress.FromIPv4([10, 0, 0, 19], 1)));
    }

    [Fact]
    public void After_a_restart_the_old_path_lives_until_a_new_one_is_chosen()
    {
        Check(s_one, nominate: true);
        var renewed = IceCredentials.New();
        _agent.Restart(renewed);
        Assert.Equal(renewed, _agent.Local);

        Assert.Equal(IceResult.Answered, Check(s_one));
        Assert.Equal(IceResult.Validated, Check(s_two));
        Assert.Equal(s_one, _agent.Selected);

        Assert.Equal(IceResult.Selected, Check(s_two, nominate: true, credentials: renewed));
        Assert.Equal(s_two, _agent.Selected);
        Assert.Equal(IceResult.Refused, Check(s_one));
    }

    [Fact]
    public void A_new_path_may_be_chosen_with_the_credentials_from_before_a_restart()
    {
        Check(s_one, nominate: true);
        var renewed = IceCredentials.New();
        _agent.Restart(renewed);
        _agent.RemoteUfrag = "renewed";

        Assert.Equal(IceResult.Selected, Check(s_two, nominate: true, remoteUfrag: "renewed"));
        Assert.Equal(s_two, _agent.Selected);
        Assert.Equal(IceResult.Answered, Check(s_two, nominate: true, remoteUfrag: "renewed"));
        Assert.True(_agent.Knows(_credentials.Ufrag));

        Assert.Equal(IceResult.Selected, Check(s_one, nominate: true, credentials: renewed, remoteUfrag: "renewed"));
        Assert.Equal(IceResult.Refused, Check(s_two, nominate: true));
    }

    [Fact]
    public void A_second_restart_before_a_choice_still_keeps_the_path_in_use()
    {
        Check(s_one, nominate: true);
        var lost = IceCredentials.New();
        var renewed = IceCredentials.New();
        _agent.Restart(lost);
        _agent.Restart(renewed);

        Assert.Equal(IceResult.Answered, Check(s_one));
        Assert.Equal(IceResult.Refused, Check(s_two, credentials: lost));
        Assert.Equal([true, false, true], new[] { _credentials, lost, renewed }.Select(c => _agent.Knows(c.Ufrag)));
        Assert.Equal(IceResult.Selected, Check(s_two, nominate: true, credentials: renewed));
        Assert.Equal([false, false, true], new[] { _credentials, lost, renewed }.Select(c => _agent.Knows(c.Ufrag)));
    }

    [Fact]
    public void A_peer_that_only_checks_for_consent_is_followed_once_its_chosen_address_is_silent()
    {
        Check(s_one, nominate: true);
        var soon = s_start + IceLiteAgent.SelectedSilence;
        Assert.Equal(IceResult.Validated, Check(s_two, now: soon));
        Assert.Equal(s_one, _agent.Selected);

        var late = soon + TimeSpan.FromMilliseconds(1);
        Assert.Equal(IceResult.Selected, Check(s_two, now: late));
        Assert.Equal(s_two, _agent.Selected);
        Assert.Equal(late + IceLiteAgent.ConsentLifetime, _agent.ConsentExpires);
    }

    [Fact]
    public void Two_addresses_that_both_check_stay_as_the_peer_chose()
    {
        Check(s_one, nominate: true);
        for (var seconds = 2; seconds < 120; seconds += 2)
        {
            Check(s_one, now: s_start + TimeSpan.FromSeconds(seconds));
            Check(s_two, now: s_start + TimeSpan.FromSeconds(seconds + 1));
            Assert.Equal(s_one, _agent.Selected);
        }
    }

    [Fact]
    public void Nobody_moves_the_path_without_the_password()
    {
        Check(s_one, nominate: true);
        var late = s_start + TimeSpan.FromSeconds(20);
        Assert.Equal(IceResult.Refused, Check(s_two, nominate: true, credentials: _credentials with { Password = "0123456789012345678901" }, now: late));
        Assert.Equal(IceResult.Refused, Check(s_two, nominate: true, credentials: _credentials with { Ufrag = "somebody" }, now: late));
        Assert.Equal(s_one, _agent.Selected);
        Assert.False(_agent.IsValidated(s_two));
    }

    [Fact]
    public void Unknown_attributes_that_must_be_understood_are_named()
    {
        var key = Encoding.UTF8.GetBytes(_credentials.Password);
        var request = new byte[StunWriter.MaxLength];
        var builder = new StunBuilder(request, 0x0001, new byte[12]);
        builder.AddText(StunAttribute.Username, $"{_credentials.Ufrag}:peer");
        builder.Add((StunAttribute)0x7ABC, [1, 2]);
        var length = builder.Finish(key);

        Assert.Equal(IceResult.Rejected, _agent.Handle(request.AsSpan(0, length), s_one, s_start, _response, out _responseLength));
        Assert.True(StunMessage.TryParse(_response.AsSpan(0, _responseLength), out var answer));
        Assert.Equal(420, answer.ErrorCode);
        Assert.True(answer.TryGetAttribute(StunAttribute.UnknownAttributes, out var types));
        Assert.Equal("7ABC", Convert.ToHexString(types));
    }

    [Fact]
    public void Responses_and_other_datagrams_are_ignored()
    {
        Assert.Equal(IceResult.Ignored, _agent.Handle([0, 1, 2], s_one, s_start, _response, out _));
        var length = StunWriter.WriteBindingSuccess(_response, new byte[12], s_one, "key"u8);
        Assert.Equal(IceResult.Ignored, _agent.Handle(_response.AsSpan(0, length).ToArray(), s_one, s_start, _response, out _));
    }

    [Fact]
    public void The_local_fragment_of_a_check_finds_the_transport()
    {
        var request = Request(_credentials, "peer", true, false);
        Assert.True(StunMessage.TryParse(request, out var message));
        Assert.True(IceLiteAgent.TryGetLocalUfrag(message, out var ufrag));
        Assert.Equal(_credentials.Ufrag, Encoding.UTF8.GetString(ufrag));
    }

    private IceResult Check(
        NetAddress from,
        bool nominate = false,
        bool controlling = true,
        IceCredentials? credentials = null,
        string remoteUfrag = "peer",
        Instant? now = null) =>
        _agent.Handle(Request(credentials ?? _credentials, remoteUfrag, controlling, nominate), from, now ?? s_start, _response, out _responseLength);

    private byte[] Request(IceCredentials credentials, string remoteUfrag, bool controlling, bool nominate)
    {
        var buffer = new byte[StunWriter.MaxLength];
        var transaction = new byte[12];
        transaction[0] = _transaction++;
        var length = StunWriter.WriteBindingRequest(
            buffer, transaction, $"{credentials.Ufrag}:{remoteUfrag}", Encoding.UTF8.GetBytes(credentials.Password), new IceCheck(100, 200, controlling, nominate));
        return buffer[..length];
    }
}
